using System;
using System.Globalization;
using System.IO;

namespace ObjWatch.Trace;

/// <summary>What the beginning of a trace says of the whole.</summary>
/// <param name="Version">Version of the layout.</param>
/// <param name="Frequency">Ticks per second of all times in the trace.</param>
/// <param name="StartTicks">Ticks when recording began.</param>
/// <param name="StartTime">UTC when recording began.</param>
/// <param name="ProcessId">The recorded process.</param>
/// <param name="Closed">Whether the recorder closed the trace in order.</param>
internal sealed record TraceHeader(
    uint Version, ulong Frequency, ulong StartTicks, DateTime StartTime, uint ProcessId, bool Closed)
{
    private const int Used = 48;

    /// <summary>Reads and checks the header.</summary>
    /// <exception cref="InvalidDataException">The file is no trace that this version can read; the message says why.</exception>
    public static TraceHeader Read(TraceFile file)
    {
        var bytes = new byte[Used];
        int read = file.Read(0, bytes, 0, Used);
        if (read == 0)
            throw new InvalidDataException("the file is empty, so it is not an ObjWatch trace");
        var cursor = new RecordCursor(bytes.AsSpan(0, read));
        if (cursor.U64() != TraceFormat.FileMagic)
            throw new InvalidDataException("the file is not an ObjWatch trace (a trace begins with OBJTRACE)");
        uint version = cursor.U32();
        if (version > TraceFormat.Version)
        {
            throw new InvalidDataException(string.Format(CultureInfo.InvariantCulture,
                "the trace has format version {0}, this reader knows versions up to {1}: use a newer objwatch", version, TraceFormat.Version));
        }

        uint chunkSize = cursor.U32();
        ulong frequency = cursor.U64();
        ulong startTicks = cursor.U64();
        ulong startTime = cursor.U64();
        uint processId = cursor.U32();
        uint state = cursor.U32();
        if (cursor.Damaged || file.Length < TraceFormat.HeaderSize)
            throw new InvalidDataException("the trace is cut off within its header, so there is nothing in it");
        if (version == 0 || chunkSize != TraceFormat.ChunkSize || frequency == 0 || startTime > (ulong)DateTime.MaxValue.Ticks)
            throw new InvalidDataException("the trace's header is damaged");
        return new TraceHeader(version, frequency, startTicks, new DateTime((long)startTime, DateTimeKind.Utc), processId, state == 1);
    }
}
