using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary>
/// Counts what is in a trace, in memory that grows with the number of sites and not of events. Of a large trace it reads a sample: how many events
/// there are stands in the chunks' headers, what kind they are is estimated.
/// </summary>
internal sealed class TraceSummary : IRecordVisitor
{
    private readonly TraceReader _reader;
    private readonly double[] _byKind = new double[byte.MaxValue + 1];
    private readonly Dictionary<uint, long> _byThread = new();
    private readonly Dictionary<uint, double> _calls = new();
    private readonly Dictionary<uint, double> _changes = new();
    private double _grown;
    private double _shrunk;
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

    /// <summary>Events that grew a collection.</summary>
    public long Grown => (long)_grown;

    /// <summary>Events that shrank one.</summary>
    public long Shrunk => (long)_shrunk;

    /// <summary>How many records of a kind there are.</summary>
    public long Count(params RecordKind[] kinds) => (long)kinds.Sum(kind => _byKind[(byte)kind]);

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

    public void Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record);
        var kind = (RecordKind)(byte)(cursor.U32() >> 16);
        _byKind[(byte)kind] += _weight;
        if (kind != RecordKind.EventsLost && _weight == 1)
            CollectionsMarshal.GetValueRefOrAddDefault(_byThread, stream.Thread, out _)++;
        switch (kind)
        {
            case RecordKind.Run:
                CollectionsMarshal.GetValueRefOrAddDefault(_calls, cursor.U32(), out _) += _weight;
                LastTicks = Math.Max(LastTicks, stream.Time);
                break;
            case RecordKind.End or RecordKind.Failed or RecordKind.Await or RecordKind.Resume:
                LastTicks = Math.Max(LastTicks, stream.Time);
                break;
            case RecordKind.Update or RecordKind.UpdateAtLine:
                CollectionsMarshal.GetValueRefOrAddDefault(_changes, cursor.U32(), out _) += _weight;
                break;
            case RecordKind.Length:
                CollectionsMarshal.GetValueRefOrAddDefault(_changes, cursor.U32(), out _) += _weight;
                cursor.U64();
                if (cursor.U32() < cursor.U32())
                    _grown += _weight;
                else
                    _shrunk += _weight;
                break;
            case RecordKind.EventsLost:
                EventsLost += cursor.U64();
                break;
        }

        if (cursor.Damaged)
            _reader.Damage.BadValues++;
    }

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

    private IEnumerable<(string Name, long Count)> Top(Dictionary<uint, double> bySite, int most, Func<SiteTable, SiteEntry, string?> nameOf)
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
