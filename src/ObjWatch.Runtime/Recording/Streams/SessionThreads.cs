using System;
using System.Collections.Generic;
using System.Threading;
using ObjWatch.Recording.Chunks;
using ObjWatch.Threading;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Streams;

/// <summary>The threads that write a session's trace, those that did, and the streams that are free again.</summary>
internal sealed class SessionThreads
{
    private readonly object _gate = new();
    private readonly List<WeakReference<ThreadRecorder>> _recorders = [];
    private readonly List<DroppedAtEnd> _droppedAtEnd = [];
    private readonly Stack<RecordStream> _freeStreams = new();
    private readonly DefinitionStream _definitions;
    private readonly bool _tellsEnds;
    private int _threads;
    private int _streams;
    private long _retiredEvents;
    private long _retiredDropped;
    private bool _letGo;

    /// <param name="definitions">Where the threads are named.</param>
    /// <param name="tellsEnds">Whether the trace says at the end how far each stream was written. Not in a ring, whose chunks may be used
    /// again for other streams.</param>
    public SessionThreads(DefinitionStream definitions, bool tellsEnds)
    {
        _definitions = definitions;
        _tellsEnds = tellsEnds;
    }

    /// <summary>How many streams there are: as many as threads have recorded at the same time, or a few more.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>A thread takes part from now on.</summary>
    /// <param name="recorder">Its recorder.</param>
    /// <param name="thread">Its number in the trace, from 1.</param>
    /// <returns>The stream it writes, perhaps that of a thread that has ended.</returns>
    public RecordStream Admit(ThreadRecorder recorder, out int thread)
    {
        // The recorder's finalizer reports its count, so the reference must last until then.
        var reference = new WeakReference<ThreadRecorder>(recorder, trackResurrection: true);
        thread = Interlocked.Increment(ref _threads);
        _definitions.WriteThread(thread, Environment.CurrentManagedThreadId, Thread.CurrentThread.Name);
        using (new HeldLock(_gate))
        {
            // Not when they are collected: threads may come and go by the thousand between two collections.
            RetireAll(static recorder => recorder.HasEnded);
            _recorders.Add(reference);
            return _freeStreams.Count > 0 ? _freeStreams.Pop() : new RecordStream(++_streams);
        }
    }

    /// <summary>A thread takes part no longer.</summary>
    public void Retire(ThreadRecorder recorder)
    {
        using (new HeldLock(_gate))
            RetireAll(member => member == recorder);
    }

    /// <summary>How many events all threads have recorded.</summary>
    public long CountEvents() => Sum(ref _retiredEvents, static recorder => recorder.Events - recorder.Dropped);

    /// <summary>How many events all threads have dropped.</summary>
    public long CountDropped() => Sum(ref _retiredDropped, static recorder => recorder.Dropped);

    /// <summary>Each thread's next event looks again at what the session wants.</summary>
    public void Release()
    {
        using (new HeldLock(_gate))
        {
            foreach (ThreadRecorder recorder in Recorders())
                recorder.Release();
        }
    }

    /// <summary>No thread records anything more, and the last chunk of each that certainly writes no more is finished.</summary>
    public void LetGo()
    {
        List<ThreadRecorder> recorders;
        using (new HeldLock(_gate))
        {
            foreach (ThreadRecorder recorder in Recorders())
                recorder.Release();
            Thread.MemoryBarrier();
            // Of others nobody can say that they are not in the middle of a record: what they write to stays mapped.
            RetireAll(static recorder => recorder.HasEnded || recorder.IsOwnAtRest || (!TraceWriter.CanCutMapped && recorder.IsWaiting));
            _letGo = true;
            recorders = Recorders();
        }

        foreach (ThreadRecorder recorder in recorders)
        {
            Settle(recorder);
            if (_tellsEnds)
                recorder.Chunks.WriteWritten(_definitions);
        }

        foreach (RecordStream stream in TakeFreeStreams())
            Finish(stream);
    }

    /// <summary>Lets the trace say what was dropped at the end of its streams, where no later chunk does.</summary>
    public void WriteDropped(TraceWriter trace)
    {
        DroppedAtEnd[] all;
        using (new HeldLock(_gate))
            all = _droppedAtEnd.ToArray();
        foreach (DroppedAtEnd dropped in all)
            dropped.Write(trace);
    }

    private unsafe void Finish(RecordStream stream)
    {
        if (_tellsEnds)
            stream.WriteWritten(stream.Position, _definitions, atRest: true);
        stream.Chunk?.Discard();
    }

    private void RetireAll(Predicate<ThreadRecorder> gone)
    {
        for (int i = _recorders.Count - 1; i >= 0; i--)
        {
            if (!_recorders[i].TryGetTarget(out ThreadRecorder? recorder) || !gone(recorder))
                continue;
            _recorders.RemoveAt(i);
            // The stream's next chunk is spoken for then.
            bool owing = Settle(recorder);
            _retiredEvents += recorder.Events - recorder.Dropped;
            _retiredDropped += recorder.Dropped;
            if (recorder.Chunks.LeaveStream() is not { } stream || owing)
                continue;
            if (_letGo)
                stream.Chunk?.Discard();
            else
                _freeStreams.Push(stream);
        }
    }

    /// <summary>Notes what a thread has dropped since its last chunk.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool Settle(ThreadRecorder recorder)
    {
        if (recorder.Chunks.TakeDropped() is not { } dropped)
            return false;
        using (new HeldLock(_gate))
            _droppedAtEnd.Add(dropped);
        return true;
    }

    private RecordStream[] TakeFreeStreams()
    {
        using (new HeldLock(_gate))
        {
            RecordStream[] streams = _freeStreams.ToArray();
            _freeStreams.Clear();
            return streams;
        }
    }

    private long Sum(ref long ofRetired, Func<ThreadRecorder, long> count)
    {
        using (new HeldLock(_gate))
        {
            long sum = ofRetired;
            foreach (ThreadRecorder recorder in Recorders())
                sum += count(recorder);
            return sum;
        }
    }

    /// <summary>The recorders that are left, while <see cref="_gate"/> is held.</summary>
    private List<ThreadRecorder> Recorders()
    {
        var recorders = new List<ThreadRecorder>(_recorders.Count);
        foreach (WeakReference<ThreadRecorder> reference in _recorders)
        {
            if (reference.TryGetTarget(out ThreadRecorder? recorder))
                recorders.Add(recorder);
        }

        return recorders;
    }
}
