using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>A trace file that is damaged in one way after the other, and restored each time.</summary>
internal sealed class MutatedTrace : IDisposable
{
    private static readonly uint[] _extremes =
        [0, 1, 3, 4, 0xFF, 0x2000, 0xFFFC, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    private readonly byte[] _whole;
    private readonly int[] _meaning;
    private readonly FileStream _file;
    private readonly Random _random;

    public MutatedTrace(byte[] whole, int seed)
    {
        _whole = whole;
        _random = new Random(seed);
        // Bytes that mean something are hit more often than the zeros between.
        _meaning =
            [.. Enumerable.Range(0, whole.Length).Where(position => whole[position] != 0 || (position > 0 && whole[position - 1] != 0))];
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        _file = new FileStream(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _file.Write(whole);
    }

    public string Path { get; }

    /// <summary>What was done last, in words.</summary>
    public string Mutation { get; private set; } = "";

    /// <summary>Which bytes it concerned.</summary>
    public List<Range> Damage { get; } = [];

    private int Chunks => (_whole.Length - TraceFormat.HeaderSize) / TraceFormat.ChunkSize;

    /// <summary>Damages the trace in the next way.</summary>
    public void Mutate()
    {
        Restore();
        switch (_random.Next(7))
        {
            case 0:
                int bit = Place();
                Put(bit, [(byte)(_whole[bit] ^ (1 << _random.Next(8)))], "a flipped bit");
                break;
            case 1:
                for (int i = _random.Next(1, 6); i > 0; i--)
                    Put(Place(), [(byte)_random.Next(256)], "bytes");
                break;
            case 2:
                int length = _random.Next(_whole.Length);
                _file.SetLength(length);
                Damage.Add(length.._whole.Length);
                Mutation = $"cut at {length}";
                break;
            case 3:
                Copy(_random.Next(Chunks), _random.Next(Chunks), swap: true);
                break;
            case 4:
                int start = Place();
                var run = new byte[Math.Min(_random.Next(1, 512), _whole.Length - start)];
                if (_random.Next(2) == 0)
                    _random.NextBytes(run);
                Put(start, run, "a run of bytes");
                break;
            case 5:
                int place = Math.Min(Place() & ~3, _whole.Length - 4) + (_random.Next(4) == 0 ? 2 : 0);
                Put(place, BitConverter.GetBytes(_extremes[_random.Next(_extremes.Length)])[..2], "a hostile number");
                if (_random.Next(2) == 0)
                    Put(place & ~3, BitConverter.GetBytes(_extremes[_random.Next(_extremes.Length)]), "a hostile number");
                break;
            default:
                Copy(_random.Next(Chunks), _random.Next(Chunks), swap: false);
                break;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Path);
    }

    private int Place() => _random.Next(8) == 0 ? _random.Next(_whole.Length) : _meaning[_random.Next(_meaning.Length)];

    private void Copy(int from, int to, bool swap)
    {
        byte[] first = Chunk(from);
        byte[] second = Chunk(to);
        Write(Offset(to), first);
        if (swap)
            Write(Offset(from), second);
        else if (from != to)
            Damage.Add(Offset(to)..(Offset(to) + TraceFormat.ChunkSize));
        Mutation = $"chunk {from} {(swap ? "changed places with" : "written over")} {to}";
    }

    private byte[] Chunk(int index) => _whole[Offset(index)..(Offset(index) + TraceFormat.ChunkSize)];

    private static int Offset(int chunk) => TraceFormat.HeaderSize + chunk * TraceFormat.ChunkSize;

    private void Put(int offset, byte[] bytes, string what)
    {
        Write(offset, bytes);
        Damage.Add(offset..(offset + bytes.Length));
        Mutation += $"{what} at {offset}: {Convert.ToHexString(bytes)}; ";
    }

    private void Write(int offset, byte[] bytes)
    {
        _file.Position = offset;
        _file.Write(bytes);
    }

    private void Restore()
    {
        if (_file.Length != _whole.Length)
            Write((int)_file.Length, _whole[(int)_file.Length..]);
        foreach (Range range in Damage)
            Write(range.Start.Value, _whole[range]);
        if (Mutation.StartsWith("chunk", StringComparison.Ordinal))
            Write(0, _whole);
        Damage.Clear();
        Mutation = "";
    }
}
