using System;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording.Chunks;

/// <summary>How many chunks a trace keeps ready, and how many are prepared at a time. What is ready when the trace ends was prepared in
/// vain.</summary>
internal sealed class Provision
{
    private const int Fewest = TraceSegment.MostChunks;
    private const int Most = 8 * TraceSegment.MostChunks;

    // What is kept ready is taken from what is kept: here the cost of a refill is small, and each chunk has something worth keeping.
    private const int OfRing = 16;

    // Of a trace that cannot be cut in the end.
    private const int FirstOfGrowing = 4;
    private const int ShareOfGrowing = 8;

    private readonly bool _isRing;
    private readonly bool _grows;
    // A program that has had to wait gets more of a start the next time.
    private int _ahead;

    /// <param name="mebibytes">What to keep ready; a ring keeps less.</param>
    /// <param name="isRing">Whether the trace is a ring.</param>
    /// <param name="grows">Whether it begins with little and keeps no more than an eighth of what is in use.</param>
    public Provision(int mebibytes, bool isRing, bool grows)
    {
        _isRing = isRing;
        _grows = grows;
        _ahead = isRing ? OfRing : Math.Max(Fewest, mebibytes * (1024 * 1024 / TraceFormat.ChunkSize));
    }

    /// <summary>How many chunks are to be ready.</summary>
    /// <param name="used">How many are in use.</param>
    public int Ahead(long used) => _grows ? (int)Math.Min(_ahead, Math.Max(FirstOfGrowing, used / ShareOfGrowing)) : _ahead;

    /// <summary>How many chunks are prepared together.</summary>
    /// <param name="used">How many are in use.</param>
    public int Together(long used) => _grows ? Math.Min(TraceSegment.MostChunks, Ahead(used) / 2) : TraceSegment.MostChunks;

    /// <summary>A thread has had to wait.</summary>
    public void Waited()
    {
        if (!_isRing)
            _ahead = Math.Min(2 * _ahead, Math.Max(Most, _ahead));
    }
}
