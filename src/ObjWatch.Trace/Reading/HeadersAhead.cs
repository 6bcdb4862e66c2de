using System;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Reads the headers of many chunks at once, ahead of whoever looks at one after the other: they lie scattered over a file that may be
/// larger than memory.
/// </summary>
internal sealed class HeadersAhead
{
    // Of 4 GiB of trace.
    private const int Most = 64 * 1024;

    private readonly TraceFile _file;
    private readonly int _size;
    private byte[] _headers = [];
    private long _first;
    private int _count;

    /// <param name="file">The trace. It may grow; what was not there is not known here.</param>
    /// <param name="size">Bytes of a header.</param>
    public HeadersAhead(TraceFile file, int size)
    {
        _file = file;
        _size = size;
    }

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
        Buffer.BlockCopy(_headers, (int)((offset - _first) / TraceFormat.ChunkSize) * _size, header, 0, _size);
        return true;
    }

    private long End => _first + (long)_count * TraceFormat.ChunkSize;

    private void ReadFrom(long offset)
    {
        _first = offset;
        _count = (int)Math.Max(0, Math.Min(Most, (_file.Length - offset) / TraceFormat.ChunkSize));
        if (_headers.Length < _count * _size)
            _headers = new byte[_count * _size];
        TraceFile.ReadAtOnce(_count, ReadHeader);
    }

    private void ReadHeader(int index)
    {
        int read = _file.Read(_first + (long)index * TraceFormat.ChunkSize, _headers, index * _size, _size);
        // The file may have become shorter, and the array may hold older headers.
        Array.Clear(_headers, index * _size + read, _size - read);
    }
}
