using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>What the beginning of a trace says of the whole.</summary>
/// <param name="Version">Version of the layout.</param>
/// <param name="Frequency">Ticks per second of all times in the trace.</param>
/// <param name="StartTicks">Ticks when recording began.</param>
/// <param name="StartTime">UTC when recording began.</param>
/// <param name="ProcessId">The recorded process.</param>
/// <param name="Closed">Whether the recorder closed the trace in order.</param>
/// <param name="RingChunks">How many full chunks of events the trace keeps, when it keeps only the last ones; else 0.</param>
/// <param name="ProcessStart">UTC in DateTime ticks when the recorded process began; 0: unknown. With the id it names the process.</param>
/// <param name="ClosedLength">The file's length when it was closed; 0: not known.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TraceHeader(
    uint Version, ulong Frequency, ulong StartTicks, DateTime StartTime, uint ProcessId, bool Closed, uint RingChunks, ulong ProcessStart,
    ulong ClosedLength)
{
    private const int Used = 72;

    /// <summary>The records there are. A damaged version means the present one.</summary>
    internal RecordSchema Schema => RecordSchema.Of(Version) ?? RecordSchema.Current;

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="InvalidDataException">The file is no trace that this version can read; the message says why.</exception>
    public static TraceHeader Read(TraceFile file, TraceDamage damage)
    {
        var bytes = new byte[Used];
        int read = file.Read(0, bytes, 0, Used);
        if (read == 0)
            throw new InvalidDataException("the file is empty, so it is not an ObjWatch trace");
        var cursor = new RecordCursor(bytes.AsSpan(0, read));
        bool good = cursor.U64() == TraceFormat.FileMagic;
        if (!good && !HasChunk(file))
            throw new InvalidDataException("the file is not an ObjWatch trace (a trace begins with OBJTRACE)");
        uint version = cursor.U32();
        if (version > TraceFormat.Version)
        {
            throw new InvalidDataException(string.Format(CultureInfo.InvariantCulture,
                "the trace has format version {0}, this reader knows versions up to {1}: use a newer objwatch", version,
                TraceFormat.Version));
        }

        uint chunkSize = cursor.U32();
        ulong frequency = cursor.U64();
        ulong startTicks = cursor.U64();
        ulong startTime = cursor.U64();
        uint processId = cursor.U32();
        uint state = cursor.U32();
        uint ringChunks = cursor.U32();
        cursor.U32();
        ulong processStart = cursor.U64();
        ulong closedLength = cursor.U64();
        if (cursor.Damaged || file.Length < TraceFormat.HeaderSize)
            throw new InvalidDataException("the trace is cut off within its header, so there is nothing in it");
        // None of this is needed to read the events.
        good &= RecordSchema.Of(version) != null && chunkSize == TraceFormat.ChunkSize && frequency != 0
            && startTime <= (ulong)DateTime.MaxValue.Ticks && state <= 1;
        damage.BadHeader = !good;
        frequency = Math.Max(1, frequency);
        startTime = Math.Min(startTime, (ulong)DateTime.MaxValue.Ticks);
        return new TraceHeader(version, frequency, startTicks, new DateTime((long)startTime, DateTimeKind.Utc), processId, state == 1,
            ringChunks, processStart, closedLength);
    }

    /// <summary>Whether a trace's first chunk is where it belongs, whatever stands before it.</summary>
    private static bool HasChunk(TraceFile file)
    {
        var magic = new byte[sizeof(uint)];
        return file.Read(TraceFormat.HeaderSize + ChunkHeader.MagicOffset, magic, 0, magic.Length) == magic.Length
            && BitConverter.ToUInt32(magic, 0) == ChunkHeader.InUse;
    }

    /// <summary>Whether the recorder has closed the trace by now.</summary>
    public static bool IsClosed(TraceFile file)
    {
        var state = new byte[sizeof(uint)];
        return file.Read(TraceFormat.StateOffset, state, 0, state.Length) == state.Length && BitConverter.ToUInt32(state, 0) == 1;
    }
}
