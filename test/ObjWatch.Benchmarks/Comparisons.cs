using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;

namespace ObjWatch.Benchmarks;

/// <summary>What the cost of an event is compared with. Compiled for speed from the first call: no comparison with code that is still
/// warming up.</summary>
internal sealed class Comparisons : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(Stream.Null);
    private int _position;
    private int _value;

    /// <summary>Stores 32 bytes into a buffer that is there already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StoreBytes(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Span<byte> record = _buffer.AsSpan(_position, 32);
            BinaryPrimitives.WriteInt64LittleEndian(record, i);
            BinaryPrimitives.WriteInt64LittleEndian(record[8..], 1);
            BinaryPrimitives.WriteInt64LittleEndian(record[16..], 2);
            BinaryPrimitives.WriteInt64LittleEndian(record[24..], i);
            _position = (_position + 32) & ((1 << 20) - 1);
        }
    }

    /// <summary>Asks for the time twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long TwoTimestamps(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
            sum += Stopwatch.GetTimestamp() - Stopwatch.GetTimestamp();
        return sum;
    }

    /// <summary>What people write by hand: a line of text about a change, under a lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void WriteLine(int count)
    {
        for (int i = 0; i < count; i++)
        {
            lock (_gate)
            {
                _writer.Write("upd Hot._value ");
                _writer.Write(_value);
                _writer.Write(" -> ");
                _writer.Write(i.ToString(CultureInfo.InvariantCulture));
                _writer.WriteLine();
            }

            _value = i;
        }
    }

    public void Dispose() => _writer.Dispose();
}
