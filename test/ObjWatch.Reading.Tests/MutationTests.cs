using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>
/// Whatever is done to a trace, its reader shows everything before and behind the damage, says that there is damage, comes to an end, and
/// lets nothing through that is not text.
/// </summary>
/// <remarks>With MUTATIONS=100000 in the environment so many are tried; else a few thousand.</remarks>
[TestFixture]
internal sealed partial class MutationTests
{
    private const int Seed = 20261122;

    // Damage to a record's size may hide what follows up to the longest record there is, and what the next place where records go on is
    // part of.
    private const int Hidden = TraceFormat.MaximumRecordSize + 64;

    private static readonly SearchValues<char> _controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(unit => (char)unit).Where(unit => char.IsControl(unit) && unit != '\n')]);

    private readonly byte[] _whole = Build();
    private readonly Dictionary<int, int> _places;

    public MutationTests() => _places = Places(_whole);

    private static int Mutations =>
        int.TryParse(Environment.GetEnvironmentVariable("MUTATIONS"), CultureInfo.InvariantCulture, out int count) ? count : 3_000;

    [Test]
    public void No_damage_breaks_the_reader_or_hides_what_is_not_damaged()
    {
        int told = 0;
        int silent = 0;
        using var trace = new MutatedTrace(_whole, Seed);
        int lines = Render(trace.Path, out _).AsSpan().Count('\n');
        for (int i = 0; i < Mutations; i++)
        {
            trace.Mutate();
            string text;
            bool damageTold;
            try
            {
                text = Render(trace.Path, out damageTold);
            }
            catch (InvalidDataException refused)
            {
                Assert.That(refused.Message, Is.Not.Empty);
                Assert.That(trace.Damage.Any(range => range.Start.Value < TraceFormat.HeaderSize + ChunkHeader.Size),
                    $"{i}: {trace.Mutation}: {refused.Message}");
                continue;
            }
            catch (Exception broken) when (broken is not ResultStateException)
            {
                throw new InvalidOperationException($"{i}: {trace.Mutation}", broken);
            }

            HashSet<int> found =
                [.. NumberedStore().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
            int[] missing = [.. _places.Keys.Where(number => !found.Contains(number))];
            Assert.That(missing.Where(number => !MayBeHidden(trace, _places[number])), Is.Empty, $"{i}: {trace.Mutation}");
            if (text.AsSpan().Count('\n') < lines)
            {
                _ = damageTold ? told++ : silent++;
                if (!damageTold)
                    TestContext.Out.WriteLine($"not told: {i}: {trace.Mutation}");
            }
        }

        TestContext.Out.WriteLine(
            $"{Mutations} mutations: events were missing in {told + silent} of them, and not a word said of it in {silent}");
        Assert.That(silent, Is.Zero);
    }

    /// <summary>Records leave out whose member changed, where it is the last one's. Each value here tells whose it is; what cannot be
    /// trusted shows nobody.</summary>
    [Test]
    public void No_damage_gives_an_event_the_owner_of_another()
    {
        using var trace = new MutatedTrace(ManyOwners(), Seed + 2);
        int all = OwnersIn(Render(trace.Path, out _)).Count();
        int unknown = 0;
        for (int i = 0; i < Mutations / 3; i++)
        {
            trace.Mutate();
            string text;
            try
            {
                text = Render(trace.Path, out _);
            }
            catch (InvalidDataException)
            {
                continue;
            }

            foreach ((int value, string owner) in OwnersIn(text))
            {
                unknown += owner == "?" ? 1 : 0;
                if (owner != "?" && owner != (value / ValuesOfOwner).ToString(CultureInfo.InvariantCulture))
                    Assert.Fail($"{i}: {value} is said to be of {owner}: {trace.Mutation}");
            }
        }

        TestContext.Out.WriteLine(
            $"of {all} events in each of {Mutations / 3} mutations {unknown} had an unknown owner, and none another's");
    }

    [Test]
    public void Documents_of_damaged_traces_are_well_formed()
    {
        using var trace = new MutatedTrace(Traces.Everything().Build(), Seed + 1);
        for (int i = 0; i < Mutations / 10; i++)
        {
            trace.Mutate();
            try
            {
                using (JsonDocument.Parse(Document(trace.Path, RenderFormat.Json)))
                using (JsonDocument.Parse(Document(trace.Path, RenderFormat.Chrome)))
                    XDocument.Load(new MemoryStream(Document(trace.Path, RenderFormat.Xml)));
            }
            catch (InvalidDataException)
            {
                // The header says that it is no trace, or one of a newer version.
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"{i}: {trace.Mutation}", broken);
            }
        }
    }

    [Test]
    public void A_trace_without_damage_has_none_told()
    {
        using var trace = new MutatedTrace(_whole, Seed);
        Render(trace.Path, out bool damageTold);
        Assert.That(damageTold, Is.False);
        Assert.That(_places, Has.Count.GreaterThan(400));
    }

    private static string Render(string path, out bool damageTold)
    {
        using var reader = new TraceReader(path, growing: false);
        using var text = new MemoryStream();
        var renderer = new TextRenderer(reader, text);
        var counter = new CountingVisitor(renderer, new FileInfo(path).Length / sizeof(uint));
        new EventMerger(reader).Merge(counter);
        renderer.Flush();
        damageTold = reader.Damage.Any;
        string all = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.ToArray());
        if (all.AsSpan().ContainsAny(_controls))
            throw new InvalidOperationException("a control character came through");
        return all;
    }

    private static byte[] Document(string path, RenderFormat format)
    {
        using var reader = new TraceReader(path, growing: false);
        using var output = new MemoryStream();
        using (TraceRendering rendering = TraceRendering.Create(reader, output, format, new RenderOptions()))
            rendering.Complete();
        return output.ToArray();
    }

    private static bool MayBeHidden(MutatedTrace trace, int place)
    {
        int chunk = (place - TraceFormat.HeaderSize) / TraceFormat.ChunkSize * TraceFormat.ChunkSize + TraceFormat.HeaderSize;
        foreach (Range range in trace.Damage)
        {
            int start = range.Start.Value;
            int end = range.End.Value;
            bool header = start < chunk + ChunkHeader.Size && end > chunk;
            // A record may have its end there.
            bool near = place + 1024 > start && place < end + Hidden && end > chunk && start < chunk + TraceFormat.ChunkSize;
            if (header || near)
                return true;
        }

        return false;
    }

    /// <summary>Where the record of each numbered store is.</summary>
    private static Dictionary<int, int> Places(byte[] trace)
    {
        var places = new Dictionary<int, int>();
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        File.WriteAllBytes(path, trace);
        using (var reader = new TraceReader(path, growing: false))
            new EventMerger(reader).Merge(new PlaceFinder(places));
        File.Delete(path);
        return places;
    }

    private const int FirstNumber = 1_000_000;

    /// <summary>A trace with every kind of record and value, and of two threads some chunks full of numbered stores.</summary>
    private static byte[] Build()
    {
        TraceBuilder trace = Traces.Everything();
        int number = FirstNumber;
        byte[] filler = Value.Text(new string('x', 300));
        for (uint stream = 3; stream <= 4; stream++)
        {
            StreamBuilder thread = trace.Thread(stream, startTicks: 300 * stream, managedId: stream);
            for (int chunk = 0; chunk < 3; chunk++)
            {
                // The last one is not full, as the last one of a thread.
                int records = chunk < 2 ? 100 : 30;
                for (int i = 0; i < records; i++, number++)
                    thread.Update(Sample.ValueStore, (int)stream, Value.Int(number), filler);
                if (chunk < 2)
                    thread.NextChunk();
            }

            trace.Written(thread);
        }

        return trace.Build();
    }

    private const int ValuesOfOwner = 1000;

    /// <summary>Objects that take turns after a few changes each, of two types, on two threads.</summary>
    private static byte[] ManyOwners()
    {
        TraceBuilder trace = Sample.Trace();
        var random = new Random(Seed);
        for (uint stream = 1; stream <= 2; stream++)
        {
            StreamBuilder thread = trace.Thread(stream, startTicks: stream);
            for (int turn = 0; turn < 1500; turn++)
            {
                int owner = random.Next(1, 900);
                for (int i = random.Next(1, 6); i > 0; i--)
                    thread.Update(Sample.ValueStore, owner, Value.Int(-1), Value.Int(owner * ValuesOfOwner + random.Next(ValuesOfOwner)));
                if (turn % 700 == 699)
                    thread.NextChunk();
            }

            trace.Written(thread);
        }

        return trace.Build();
    }

    private static IEnumerable<(int Value, string Owner)> OwnersIn(string text) => OwnedStore().Matches(text)
        .Select(match => (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), match.Groups[2].Value));

    [GeneratedRegex(@"upd Counter\.Value -1 -> (\d{1,7}) #(\d+|\?)", RegexOptions.CultureInvariant)]
    private static partial Regex OwnedStore();

    [GeneratedRegex(@" (1\d{6}) -> ")]
    private static partial Regex NumberedStore();

    /// <summary>Ends what does not end by itself.</summary>
    private sealed class CountingVisitor(IEventSink inner, long most) : IEventSink
    {
        private long _count;

        public void Visit(RecordedEvent happened)
        {
            if (++_count > most)
                throw new InvalidOperationException("there are more records than the file has room for");
            inner.Visit(happened);
        }
    }

    private sealed class PlaceFinder(Dictionary<int, int> places) : IEventSink
    {
        public void Visit(RecordedEvent happened)
        {
            if (happened.Kind == TraceEventKind.MemberChanged && happened.ValueType == ValueTag.Void
                && happened.Values[0] == (byte)ValueTag.Int32
                && BinaryPrimitives.ReadInt32LittleEndian(happened.Values[1..]) is var number and >= FirstNumber)
            {
                places.Add(number, (int)happened.Stream.RecordOffset);
            }
        }
    }
}
