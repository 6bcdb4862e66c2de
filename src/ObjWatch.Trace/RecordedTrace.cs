using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Trace;

/// <summary>A binary trace (<c>.objtrace</c>) that a program woven by ObjWatch recorded: what happened, and what is known of the
/// run.</summary>
/// <remarks>
/// <para>Reading needs little memory, however large the trace is. A trace that is damaged is read as far as it goes: nothing in it makes
/// the reader throw, and <see cref="Damage"/> says what was missing. One that is still written is read as far as it was written when
/// reading began.</para>
/// <para>To be used by one thread at a time.</para>
/// </remarks>
public sealed class RecordedTrace : IDisposable
{
    private readonly TraceReader _reader;
    private TraceReader _latest;
    private bool _disposed;

    private RecordedTrace(TraceReader reader) => _reader = _latest = reader;

    /// <summary>When recording began, UTC.</summary>
    public DateTime StartTime => _reader.Header.StartTime;

    /// <summary>The id of the recorded process.</summary>
    public long ProcessId => _reader.Header.ProcessId;

    /// <summary>Whether the recorder closed the trace in order. Else the process was killed or crashed, or is still running.</summary>
    public bool IsClosed => _reader.Header.Closed;

    /// <summary>Whether the trace keeps only its last events (<c>ObjWatchWhenFull=ring:N</c>): then it may begin in the middle of a
    /// call.</summary>
    public bool IsRing => _reader.IsRing;

    /// <summary>The version of the trace's format, from 1.</summary>
    public int FormatVersion => (int)_reader.Header.Version;

    /// <summary>The rank of the process in a distributed run, from 0; <see langword="null"/> where there is none.</summary>
    public int? Rank => new RunDescription(_latest).Rank is >= 0 and int rank ? rank : null;

    /// <summary>What the trace says of its run, by name: <c>objwatch</c> (the recorder's version), <c>process</c> (the program),
    /// <c>runtime</c>, <c>system</c>, <c>architecture</c>, <c>option.</c> with the name of an option of the run, <c>weave.</c> with one of
    /// weaving. Which there are depends on the recorder. Of a trace that is still written, as far as it has been read.</summary>
    public IReadOnlyDictionary<string, string> Facts
    {
        get
        {
            var facts = new Dictionary<string, string>();
            // What was written last holds.
            foreach (KeyValuePair<string, string> fact in _latest.Definitions.Facts)
                facts[fact.Key] = fact.Value;
            return facts;
        }
    }

    /// <summary>The threads of which the trace tells, in the order of their numbers. Of a trace that is still written, as far as it has
    /// been read.</summary>
    public IReadOnlyList<TraceThread> Threads =>
        [.. _latest.Definitions.Threads.OrderBy(thread => thread.Key)
            .Select(thread => new TraceThread(thread.Key, thread.Value.ManagedId, thread.Value.Name))];

    /// <summary>What is not in the trace because of the run's limits, in the order of the places in the code. Empty where no limit was
    /// reached.</summary>
    public IReadOnlyList<LeftOutEvents> LeftOut
    {
        get
        {
            var names = new Names(_latest.Definitions);
            var all = new List<LeftOutEvents>();
            foreach (KeyValuePair<uint, ulong> left in _latest.Definitions.LeftOut)
            {
                SiteText? site = names.Site(left.Key);
                string name = (site?.Member ?? site?.Method?.Name) is { } known
                    ? Encoding.UTF8.GetString(known) : FormattableString.Invariant($"?site {left.Key}");
                all.Add(new LeftOutEvents(name, site?.Line is > 0 and int line ? line : null, (long)Math.Min(left.Value, long.MaxValue)));
            }

            return all;
        }
    }

    /// <summary>What is wrong with the trace, a phrase for each kind of damage (<c>2 missing chunks</c>): of the whole once all that
    /// <see cref="Events"/> gave last was taken, before that of what was read. Empty for a trace that is whole.</summary>
    public IReadOnlyList<string> Damage => [.. _latest.Damage.Describe()];

    /// <summary>Opens a trace.</summary>
    /// <param name="path">The file. Others may go on writing it, rename it or delete it.</param>
    /// <exception cref="InvalidDataException">The file is no trace, or has a format version that this library does not know; the message
    /// says which.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="ArgumentException">The path is empty, or cannot be one.</exception>
    public static RecordedTrace Open(string path) => new(new TraceReader(path, growing: false));

    /// <summary>The events of all threads in order of time, read while they are taken. Those of one thread stay in their order; untimed
    /// ones come right behind the timed one before them. Each enumeration reads the trace from its beginning.</summary>
    /// <exception cref="ObjectDisposedException">The trace has been disposed of.</exception>
    public IEnumerable<TraceEvent> Events()
    {
        ThrowIfDisposed();
        return Enumerate();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _disposed = true;
        _reader.Dispose();
    }

    private IEnumerable<TraceEvent> Enumerate()
    {
        ThrowIfDisposed();
        TraceReader reader = _latest = _reader.ReadAgain();
        var maker = new TraceEventMaker();
        var naming = new EventNaming(reader, maker);
        var merger = new EventMerger(reader);
        merger.Begin();
        while (merger.Next() is { } happened)
        {
            naming.Visit(happened);
            yield return maker.Take();
            ThrowIfDisposed();
        }
    }

    private void ThrowIfDisposed()
    {
#if NET8_0_OR_GREATER
        ObjectDisposedException.ThrowIf(_disposed, this);
#else
        if (_disposed)
            throw new ObjectDisposedException(nameof(RecordedTrace));
#endif
    }
}
