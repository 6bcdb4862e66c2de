using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary>
/// Counts what is in a trace, in memory that grows with the number of sites and not of events. Of a large trace it reads a sample: how many
/// events there are stands in the chunks' headers, what kind they are is estimated.
/// </summary>
internal sealed class TraceSummary : IEventSink, IEventVisitor
{
    private readonly TraceReader _reader;
    private readonly Dictionary<TraceEventKind, double> _byKind = [];
    private double _failed;
    private readonly Dictionary<uint, long> _byThread = new();
    private readonly Dictionary<uint, double> _calls = new();
    private readonly Dictionary<uint, double> _changes = new();
    private double _weight = 1;

    /// <param name="reader">The trace.</param>
    /// <param name="exact">Whether every event is to be looked at, however many there are.</param>
    public TraceSummary(TraceReader reader, bool exact)
    {
        _reader = reader;
        if (!exact && reader.ChunkCount > ChunkSample.Size)
            Estimate(new ChunkSample(reader));
        else
            new EventMerger(reader).Merge(this);
    }

    /// <summary>Where the numbers come from if not all events were looked at.</summary>
    public string? Estimation { get; private set; }

    /// <summary>When the last timed record was written.</summary>
    public ulong LastTicks { get; private set; }

    /// <summary>Events the recorder could not record.</summary>
    public ulong EventsLost { get; private set; }

    /// <summary>Ends by an exception.</summary>
    public long Failed => (long)_failed;

    /// <summary>How many events of some kinds there are.</summary>
    public long Count(params TraceEventKind[] kinds) => (long)kinds.Sum(kind => _byKind.GetValueOrDefault(kind));

    /// <summary>How many events there are.</summary>
    public long Total => _byThread.Values.Sum();

    /// <summary>The threads that recorded, by number, and how many events each has.</summary>
    public IEnumerable<KeyValuePair<uint, long>> Threads => _byThread.OrderBy(thread => thread.Key);

    /// <summary>The methods that ran most often.</summary>
    public IEnumerable<(string Name, long Count)> MostCalled(int most) =>
        Top(_calls, most, (table, site) => site.Method < 0 ? null : table.Methods[site.Method].QualifiedName);

    /// <summary>The members that changed most often.</summary>
    public IEnumerable<(string Name, long Count)> MostChanged(int most) =>
        Top(_changes, most, (table, site) => site.Member < 0 ? null : Names.Of(table.Members[site.Member]));

    public void Visit(RecordedEvent happened)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_byKind, happened.Kind, out _) += _weight;
        if (happened.Kind != TraceEventKind.EventsLost && _weight == 1)
            CollectionsMarshal.GetValueRefOrAddDefault(_byThread, happened.Stream.Thread, out _)++;
        if (happened.Ticks != 0)
            LastTicks = Math.Max(LastTicks, happened.Stream.Time);
        if (happened.IsDamaged)
            _reader.Damage.BadValues++;
        happened.Accept(this);
    }

    void IEventVisitor.Run(RecordedEvent happened) => CollectionsMarshal.GetValueRefOrAddDefault(_calls, happened.Site, out _) += _weight;

    void IEventVisitor.End(RecordedEvent happened) => _failed += happened.Failed ? _weight : 0;

    void IEventVisitor.Await(RecordedEvent happened)
    {
    }

    void IEventVisitor.Resume(RecordedEvent happened)
    {
    }

    void IEventVisitor.Update(RecordedEvent happened) => Change(happened.Site);

    void IEventVisitor.Length(RecordedEvent happened) => Change(happened.Site);

    void IEventVisitor.ElementStored(RecordedEvent happened) => Change(happened.KnownBy);

    void IEventVisitor.ElementMoved(RecordedEvent happened) => Change(happened.KnownBy);

    void IEventVisitor.CollectionChanged(RecordedEvent happened) => Change(happened.KnownBy);

    void IEventVisitor.Contents(RecordedEvent happened)
    {
    }

    void IEventVisitor.Line(RecordedEvent happened)
    {
    }

    void IEventVisitor.Output(RecordedEvent happened)
    {
    }

    void IEventVisitor.Test(RecordedEvent happened)
    {
    }

    void IEventVisitor.Lost(RecordedEvent happened) => EventsLost += happened.Count;

    private void Change(uint site) => CollectionsMarshal.GetValueRefOrAddDefault(_changes, site, out _) += _weight;

    private void Estimate(ChunkSample sample)
    {
        foreach ((uint thread, long events) in sample.CountedByThread)
            CollectionsMarshal.GetValueRefOrAddDefault(_byThread, thread, out _) += events;
        sample.ReadUncounted(this);
        _weight = sample.Weight;
        sample.ReadSample(this);
        Estimation = FormattableString.Invariant(
            $"counts by kind, method and member are estimated from {sample.ChunksRead} of {_reader.ChunkCount} chunks; --exact counts all");
    }

    private IEnumerable<(string Name,
        long Count)> Top(Dictionary<uint, double> bySite, int most, Func<SiteTable, SiteEntry, string?> nameOf)
    {
        var byName = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((uint number, double count) in bySite)
        {
            foreach (AssemblySites assembly in _reader.Definitions.Assemblies)
            {
                if (number - assembly.First < (uint)assembly.Table.Sites.Count
                    && nameOf(assembly.Table, assembly.Table.Sites[(int)(number - assembly.First)]) is { } name)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(byName, name, out _) += count;
                    break;
                }
            }
        }

        return byName.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(most).Select(pair => (pair.Key, (long)pair.Value));
    }
}
