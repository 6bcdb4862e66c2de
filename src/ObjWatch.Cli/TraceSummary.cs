using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ObjWatch.Rendering;
using ObjWatch.Trace;

namespace ObjWatch.Cli;

/// <summary>Counts what is in a trace, in memory that grows with the number of sites and not of events.</summary>
internal sealed class TraceSummary : IRecordVisitor
{
    private readonly TraceReader _reader;
    private readonly long[] _byKind = new long[byte.MaxValue + 1];
    private readonly Dictionary<uint, long> _byStream = new();
    private readonly Dictionary<uint, long> _calls = new();
    private readonly Dictionary<uint, long> _changes = new();

    public TraceSummary(TraceReader reader)
    {
        _reader = reader;
        new EventMerger(reader).Merge(this);
    }

    /// <summary>When the last timed record was written.</summary>
    public ulong LastTicks { get; private set; }

    /// <summary>Events the recorder could not record.</summary>
    public ulong EventsLost { get; private set; }

    /// <summary>Events that grew a collection.</summary>
    public long Grown { get; private set; }

    /// <summary>Events that shrank one.</summary>
    public long Shrunk { get; private set; }

    /// <summary>How many records of a kind there are.</summary>
    public long Count(params RecordKind[] kinds) => kinds.Sum(kind => _byKind[(byte)kind]);

    /// <summary>How many events a stream has.</summary>
    public long CountOf(TraceStream stream) => _byStream.GetValueOrDefault(stream.Number);

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
        _byKind[(byte)kind]++;
        if (kind != RecordKind.EventsLost)
            CollectionsMarshal.GetValueRefOrAddDefault(_byStream, stream.Number, out _)++;
        switch (kind)
        {
            case RecordKind.Run:
                CollectionsMarshal.GetValueRefOrAddDefault(_calls, cursor.U32(), out _)++;
                LastTicks = Math.Max(LastTicks, stream.Time);
                break;
            case RecordKind.End or RecordKind.Failed or RecordKind.Await or RecordKind.Resume:
                LastTicks = Math.Max(LastTicks, stream.Time);
                break;
            case RecordKind.Update or RecordKind.UpdateAtLine:
                CollectionsMarshal.GetValueRefOrAddDefault(_changes, cursor.U32(), out _)++;
                break;
            case RecordKind.Length:
                CollectionsMarshal.GetValueRefOrAddDefault(_changes, cursor.U32(), out _)++;
                cursor.U64();
                if (cursor.U32() < cursor.U32())
                    Grown++;
                else
                    Shrunk++;
                break;
            case RecordKind.EventsLost:
                EventsLost += cursor.U64();
                break;
        }

        if (cursor.Damaged)
            _reader.Damage.BadValues++;
    }

    private IEnumerable<(string Name, long Count)> Top(Dictionary<uint, long> bySite, int most, Func<SiteTable, SiteEntry, string?> nameOf)
    {
        var byName = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((uint number, long count) in bySite)
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
            .Take(most).Select(pair => (pair.Key, pair.Value));
    }
}
