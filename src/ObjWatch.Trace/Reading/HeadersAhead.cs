using System;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Reads the headers of many chunks at once, ahead of whoever looks at one after the other: they lie scattered over a file that may be larger than memory.
/// </summary>
internal sealed class HeadersAhead
{
    private const int Size = TraceFormat.ChunkHeaderSize;

    // Of 4 GiB of trace.
    private const int Most = 64 * 1024;

    private readonly TraceFile _file;
    private byte[] _headers = [];
    private long _first;
    private int _count;

    /// <param name="file">The trace. It may grow; what was not there is not known here.</param>
    public HeadersAhead(TraceFile file) => _file = file;

    /// <summary>Gives the header of a chunk.</summary>
    /// <param name="offset">Where the chunk begins: not before the last one that was asked for.</param>
    /// <param name="header">Takes its bytes.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryRead(long offset, byte[] header)
    {
        if (offset >= End)
            ReadFrom(offset);
        if (offset < _first || offset >= End)
            return false;
        Buffer.BlockCopy(_headers, (int)((offset - _first) / TraceFormat.ChunkSize) * Size, header, 0, Size);
        return true;
    }

    private long End => _first + (long)_count * TraceFormat.ChunkSize;

    private void ReadFrom(long offset)
    {
        _first = offset;
        _count = (int)Math.Max(0, Math.Min(Most, (_file.Length - offset) / TraceFormat.ChunkSize));
        if (_headers.Length < _count * Size)
            _headers = new byte[_count * Size];
        TraceFile.ReadAtOnce(_count, ReadHeader);
    }

    private void ReadHeader(int index)
    {
        int read = _file.Read(_first + (long)index * TraceFormat.ChunkSize, _headers, index * Size, Size);
        // The file may have become shorter, and the array may hold older headers.
        Array.Clear(_headers, index * Size + read, Size - read);
    }
}
