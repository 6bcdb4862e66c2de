using System.Collections.Generic;
using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Puts the records of all streams in order of time. Records without a time of their own follow the timed record before
/// them in their stream. Holds no records: each stream waits where it is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EventMerger
{
    private readonly IReadOnlyList<TraceReader> _readers;
    private readonly List<TraceStream> _heap = new();
    private TraceStream? _present;
    private TraceStream? _second;

    /// <param name="readers">The trace, or the traces of several processes, whose clocks have been aligned.</param>
    public EventMerger(params IReadOnlyList<TraceReader> readers)
    {
        _readers = readers;
        for (int i = 0; i < readers.Count; i++)
            readers[i].Index = i;
    }

    /// <summary>Hands out what there is up to a point in time; the next call goes on there.</summary>
    /// <param name="visitor">Takes the records.</param>
    /// <param name="watermark">No record later than this is handed out.</param>
    public void Merge(IEventSink visitor, ulong watermark = ulong.MaxValue)
    {
        Begin();
        while (Next(watermark) is { } happened)
            visitor.Visit(happened);
    }

    /// <summary>Begins to hand out what there is. Reading it may find more streams; those come with the next beginning.</summary>
    internal void Begin()
    {
        _heap.Clear();
        _present = null;
        foreach (TraceReader reader in _readers)
        {
            for (int i = reader.Streams.Count - 1; i >= 0; i--)
            {
                if (reader.Streams[i].MayHaveMore())
                    Push(reader.Streams[i]);
            }
        }
    }

    /// <summary>The next record, valid until the next call; null when there is no more up to a point in time.</summary>
    internal RecordedEvent? Next(ulong watermark = ulong.MaxValue)
    {
        if (_present is { } stream)
        {
            stream.Advance();
            if (stream.TryRead())
            {
                if (IsNext(stream, watermark))
                    return stream.Event;
            }
            else
            {
                Remove();
            }

            Sink();
        }

        while (_heap.Count > 0 && _heap[0].Time <= watermark)
        {
            _present = stream = _heap[0];
            _second = Second();
            // Only now are a new stream's first bytes read: until here it stood at its chunk's time, which is not later than theirs.
            if (!stream.TryRead())
                Remove();
            else if (IsNext(stream, watermark))
                return stream.Event;
            Sink();
        }

        _present = null;
        return null;
    }

    private bool IsNext(TraceStream stream, ulong watermark) => stream.Time <= watermark && (_second is null || !Before(_second, stream));

    private static bool Before(TraceStream left, TraceStream right) =>
        left.Time < right.Time || (left.Time == right.Time && Precedes(left, right));

    private static bool Precedes(TraceStream left, TraceStream right) =>
        left.Reader.Index < right.Reader.Index || (left.Reader == right.Reader && left.Number < right.Number);

    /// <summary>The stream that is next after the first.</summary>
    private TraceStream? Second() => _heap.Count switch
    {
        1 => null,
        2 => _heap[1],
        _ => Before(_heap[1], _heap[2]) ? _heap[1] : _heap[2],
    };

    /// <summary>Takes the first stream out.</summary>
    private void Remove()
    {
        _heap[0] = _heap[_heap.Count - 1];
        _heap.RemoveAt(_heap.Count - 1);
    }

    private void Push(TraceStream stream)
    {
        int i = _heap.Count;
        _heap.Add(stream);
        for (; i > 0 && Before(stream, _heap[(i - 1) / 2]); i = (i - 1) / 2)
            _heap[i] = _heap[(i - 1) / 2];
        _heap[i] = stream;
    }

    private void Sink()
    {
        if (_heap.Count == 0)
            return;
        TraceStream stream = _heap[0];
        int i = 0;
        while (2 * i + 1 < _heap.Count)
        {
            int child = 2 * i + 1;
            if (child + 1 < _heap.Count && Before(_heap[child + 1], _heap[child]))
                child++;
            if (!Before(_heap[child], stream))
                break;
            _heap[i] = _heap[child];
            i = child;
        }

        _heap[i] = stream;
    }
}
