using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>What the reader in C# and the one in Python, which knows the document and nothing else, find in the same trace.</summary>
internal static class PythonComparison
{
    /// <summary>Asserts that both find the same, or ignores the test where there is no Python.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="damaged">Whether it is.</param>
    /// <returns>How many events there are of each kind.</returns>
    public static IReadOnlyDictionary<string, int> AssertSame(string path, bool damaged = false)
    {
        if (PythonReader.Missing is { } missing)
            Assert.Ignore(missing);
        JsonElement python = PythonReader.Read(path);
        using var reader = new TraceReader(path, growing: false);
        var rows = new RowSink();
        new EventMerger(reader).Merge(rows);
        Dictionary<string, int> kinds = Count(rows.Rows, 3);
        Assert.Multiple(() =>
        {
            Assert.That(python.GetProperty("rows").EnumerateArray().Select(RowOf).ToArray(),
                Is.EqualTo(rows.Rows.OrderBy(row => row.Stream).Select(row => row.Text).ToArray()));
            Assert.That(CountsIn(python, "events"), Is.EquivalentTo(kinds));
            Assert.That(CountsIn(python, "threads"), Is.EquivalentTo(Count(rows.Rows, 1)));
            Assert.That(CountsIn(python, "names"), Is.EquivalentTo(Count(rows.Rows, 4)));
            Assert.That(python.GetProperty("lost").GetUInt64(), Is.EqualTo(rows.Lost));
            Assert.That(CountsIn(python, "damage").Where(count => count.Key != "values"), Is.EquivalentTo(DamageOf(reader.Damage)));
            Assert.That(CountsIn(python, "damage").Count > 0, Is.EqualTo(damaged));
        });
        if (!damaged)
            AssertCounted(path, kinds, Count(rows.Rows, 4));
        return kinds;
    }

    /// <summary>The shortest reader knows no more than codes, sizes and sites, which is enough to count.</summary>
    private static void AssertCounted(string path, Dictionary<string, int> kinds, Dictionary<string, int> names)
    {
        JsonElement counts = PythonReader.Count(path);
        Assert.Multiple(() =>
        {
            Assert.That(CountsIn(counts, "events"), Is.EquivalentTo(kinds));
            Assert.That(CountsIn(counts, "names"), Is.EquivalentTo(names));
        });
    }

    private static Dictionary<string, int> Count(IEnumerable<(uint Stream, string Text)> rows, int column) =>
        rows.Select(row => row.Text.Split('|')[column]).Where(cell => cell.Length > 0).GroupBy(cell => cell)
        .ToDictionary(cells => cells.Key, cells => cells.Count());

    private static Dictionary<string, int> CountsIn(JsonElement python, string name) =>
        python.GetProperty(name).EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetInt32());

    private static Dictionary<string, int> DamageOf(TraceDamage damage) => new Dictionary<string, long>
    {
        ["records"] = damage.BadRecords, ["bytes"] = damage.SkippedBytes, ["windows"] = damage.BadWindows,
            ["definitions"] = damage.BadDefinitions, ["chunks"] = damage.BadChunks,
        ["missing"] = damage.MissingChunks, ["unmarked"] = damage.UnmarkedChunks, ["cut"] = damage.CutChunks,
        ["cut off"] = (long)damage.MissingBytes,
    }.Where(count => count.Value != 0).ToDictionary(count => count.Key, count => (int)count.Value);

    private static string RowOf(JsonElement row) =>
        string.Join('|',
            row.EnumerateArray()
            .Select(cell => cell.ValueKind == JsonValueKind.Null ? "?" : cell.ValueKind == JsonValueKind.String
                ? cell.GetString() : cell.GetRawText()));

    private sealed class RowSink : IEventSink
    {
        public List<(uint Stream, string Text)> Rows { get; } = [];

        public ulong Lost { get; private set; }

        public void Visit(RecordedEvent happened)
        {
            if (happened.Kind == TraceEventKind.EventsLost)
            {
                Lost += happened.Count;
                return;
            }

            string owner = happened.IsOwnerUnknown ? "?" : Text(happened.Owner);
            Rows.Add(
                (happened.Stream.Number,
                    string.Join('|', Text(happened.Stream.Number), Text(happened.Stream.Thread), happened.Ordinal == 0
                        ? "?" : Text(happened.Ordinal),
                Encoding.UTF8.GetString(happened.Kind.Label()), NameOf(happened), Text(happened.Ticks), Text(happened.Depth),
                Text(happened.Line), owner, NumbersOf(happened))));
        }

        private static string NameOf(RecordedEvent happened)
        {
            foreach (AssemblySites assembly in happened.Stream.Reader.Definitions.Assemblies)
            {
                if (happened.Site - assembly.First < (uint)assembly.Table.Sites.Count)
                {
                    SiteEntry site = assembly.Table.Sites[(int)(happened.Site - assembly.First)];
                    return site.Member < 0 ? assembly.Table.Methods[site.Method].QualifiedName : assembly.Table.Members[site.Member].Name;
                }
            }

            return happened.Kind is TraceEventKind.OutputWritten or TraceEventKind.TestBegun or TraceEventKind.TestEnded
                ? "" : $"?site {Text(happened.Site)}";
        }

        /// <summary>The old and the new value, where both are whole numbers.</summary>
        private static string NumbersOf(RecordedEvent happened)
        {
            ReadOnlySpan<byte> values = happened.Values;
            string? old = happened.Kind == TraceEventKind.MemberChanged ? NumberOf(happened.ValueType, ref values) : null;
            string? now = old is null ? null : NumberOf(happened.ValueType, ref values);
            return now is null ? "?|?" : old + "|" + now;
        }

        private static string? NumberOf(ValueTag type, ref ReadOnlySpan<byte> values)
        {
            if (type == ValueTag.Void && !values.IsEmpty)
            {
                // A tag is none of the narrow types.
                type = (ValueTag)values[0] < StoreCode.Int32In16Bits ? (ValueTag)values[0] : ValueTag.Void;
                values = values[1..];
            }

            int size = StoreCode.SizeOf(type);
            if (size == 0 || size > values.Length)
                return null;
            ReadOnlySpan<byte> bits = values[..size];
            values = values[size..];
            return type switch
            {
                ValueTag.SByte => Text((sbyte)bits[0]),
                ValueTag.Byte => Text(bits[0]),
                ValueTag.Int16 or StoreCode.Int32In16Bits or StoreCode.Int64In16Bits => Text(BinaryPrimitives.ReadInt16LittleEndian(bits)),
                ValueTag.UInt16 => Text(BinaryPrimitives.ReadUInt16LittleEndian(bits)),
                ValueTag.Int32 or StoreCode.Int64In32Bits => Text(BinaryPrimitives.ReadInt32LittleEndian(bits)),
                ValueTag.UInt32 => Text(BinaryPrimitives.ReadUInt32LittleEndian(bits)),
                ValueTag.Int64 => Text(BinaryPrimitives.ReadInt64LittleEndian(bits)),
                ValueTag.UInt64 => Text(BinaryPrimitives.ReadUInt64LittleEndian(bits)),
                _ => null,
            };
        }

        private static string Text<T>(T number)
            where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
    }
}
