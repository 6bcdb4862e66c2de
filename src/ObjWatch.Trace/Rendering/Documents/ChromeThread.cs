using System;
using System.Collections.Generic;

namespace ObjWatch.Trace.Rendering;

/// <summary>A thread of a Chrome trace: its open calls, and the instants that wait for the next timed event to know their own
/// time.</summary>
internal sealed class ChromeThread
{
    // What comes after so much without a timed event stands at the time of the last one.
    private const int MostPending = 32 * 1024;

    private readonly Utf8Buffer _pending = new(System.IO.Stream.Null, capacity: 256);
    private readonly List<int> _ends = [];

    /// <param name="process">The number of its process in the document.</param>
    /// <param name="number">Its own number.</param>
    public ChromeThread(long process, uint number)
    {
        Process = process;
        Number = number;
    }

    /// <summary>The number of its process in the document.</summary>
    public long Process { get; }

    /// <summary>The thread's number.</summary>
    public uint Number { get; }

    /// <summary>The names of its open invocations, and where in <see cref="Arguments"/> theirs begin.</summary>
    public Stack<(byte[] Name, int Arguments)> Open { get; } = new();

    /// <summary>What is to stand in the arguments of the open calls' slices, one behind the other.</summary>
    public Utf8Buffer Arguments { get; } = new(System.IO.Stream.Null, capacity: 256);

    /// <summary>The time of its last timed event, in nanoseconds.</summary>
    public long Now { get; set; }

    /// <summary>Whether no further instant should wait.</summary>
    public bool IsFull => _pending.Written.Length >= MostPending;

    /// <summary>Where to write an instant, up to the last brace.</summary>
    public Utf8Buffer BeginPending() => _pending;

    /// <summary>The instant is written.</summary>
    public void EndPending() => _ends.Add(_pending.Written.Length);

    /// <summary>Writes the waiting instants, evenly spread between the last timed event and the next one.</summary>
    public void WritePending(Utf8Buffer buffer, long next)
    {
        int start = 0;
        for (int i = 0; i < _ends.Count; i++)
        {
            ReadOnlySpan<byte> instant = _pending.Written.Slice(start, _ends[i] - start);
            // In front of the closing brace: all else was known before.
            buffer.Append(instant.Slice(0, instant.Length - 1));
            WriteTime(buffer, Now + (long)((next - Now) * ((i + 1) / (double)(_ends.Count + 1))));
            buffer.Append((byte)'}');
            start = _ends[i];
        }

        _ends.Clear();
        _pending.Clear();
    }

    /// <summary>Writes a time stamp in microseconds, to the nanosecond.</summary>
    public static void WriteTime(Utf8Buffer buffer, long nanoseconds)
    {
        JsonText.Member(buffer, ",\"ts\":"u8, nanoseconds / 1000);
        long rest = nanoseconds % 1000;
        buffer.Append((byte)'.');
        buffer.Append((byte)('0' + rest / 100));
        buffer.Append((byte)('0' + rest / 10 % 10));
        buffer.Append((byte)('0' + rest % 10));
    }
}
