using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>Kinds of events that the format has and no recorder writes yet: every reader knows them, from records put together by
/// hand.</summary>
[TestFixture]
internal sealed class FutureKindTests
{
    private static readonly byte[] _activity = [.. Enumerable.Range(1, 16).Select(number => (byte)number)];

    [Test]
    public void Text_shows_them() => Assert.That(Rendered.From(Everything()).Lines, Is.EqualTo(new[]
    {
        "   14 run Sample.Counter.Increment <- 'this':Counter#7",
        "   15   lin Sample.Counter.Increment",
        "   19   has Counter.items (List<int>)[1, 2] #7",
        "   19   has Counter.items[1000..] (List<int>)[3] #7",
        "   19   upd Counter.items[1] 2 -> 9 #7",
        "   19   upd Counter.items[0].X 1 -> 5 #7 ~",
        "   19   apd Counter.items (List<int>)(len)2 -> 3 [2] = 77 #7",
        "   19   apd Counter.items (List<int>)(len)3 -> 4 \"x\" #7",
        "   19   pop Counter.items (List<int>)(len)4 -> 3 [0] = 1 #7",
        "   19   upd Counter.items (List<int>)(len)3 -> 3, 2 changed, [0] 9 -> 77 #7",
        "    0   out \"total: 3\"",
        "    0   out (log) \"paid\"",
        "   15   upd Counter.Value 3 -> 4 #7 ~",
        "   33   upd Counter.Value 4 -> 5 #7 ~",
        "   14 end Sample.Counter.Increment -> void",
        "    0 tst begun \"Adds\"",
        "    0 tst passed \"Adds\"",
        "    0 tst failed \"Adds\": \"Expected 3\"",
    }));

    [Test]
    public void Each_has_its_place_in_its_thread()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        File.WriteAllBytes(path, Everything().Build());
        using (var reader = new TraceReader(path, growing: false))
        {
            var ordinals = new Ordinals();
            new EventMerger(reader).Merge(ordinals);
            Assert.That(ordinals.All, Is.EqualTo(string.Join(' ', Enumerable.Range(1, 18))));
            Assert.That(reader.Damage.Describe(), Is.Empty);
            SourceChecksum checksum = reader.Definitions.Checksums.Single();
            Assert.That((checksum.FirstSite, checksum.File, checksum.Algorithm, Convert.ToHexString(checksum.Bytes)),
                Is.EqualTo((1u, 0u, (byte)2, "0102FF")));
        }

        File.Delete(path);
    }

    [Test]
    public void Json_has_all_that_is_known()
    {
        using JsonDocument document = JsonDocument.Parse(Document(RenderFormat.Json));
        string text = document.RootElement.ToString().Replace("\n", "", StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("\"activity\":\"0102030405060708090a0b0c0d0e0f10-00000000000000ab\",\"flow\":12"));
            Assert.That(text, Does.Contain("\"type\":\"lin\",\"qualified_name\":\"Sample.Counter.Increment\",\"line\":15"));
            Assert.That(text, Does.Contain("\"contents\":\"(List<int>)[3]\",\"first\":1000,\"len\":1001,\"collection\":30"));
            Assert.That(text, Does.Contain("\"element\":\"1\",\"old\":\"2\",\"new\":\"9\",\"collection\":30"));
            Assert.That(text, Does.Contain("\"element\":\"0.X\",\"old\":\"1\",\"new\":\"5\",\"collection\":30,\"seen_later\":true"));
            Assert.That(text,
                Does.Contain("\"new\":{\"type\":\"List<int>\",\"len\":3},\"element\":\"2\",\"element_new\":\"77\",\"collection\":30"));
            Assert.That(text, Does.Contain("\"element\":\"0\",\"element_old\":\"1\",\"collection\":30"));
            Assert.That(text, Does.Contain("\"element_old\":\"9\",\"element_new\":\"77\",\"changed\":2,\"collection\":30"));
            Assert.That(text, Does.Contain("\"type\":\"out\",\"channel\":\"log\",\"text\":\"paid\",\"ns\":"));
            Assert.That(text, Does.Contain("\"type\":\"tst\",\"test\":\"Adds\",\"outcome\":\"failed\",\"message\":\"Expected 3\""));
        });
    }

    [Test]
    public void Xml_has_all_that_is_known()
    {
        XElement document = XDocument.Parse(Document(RenderFormat.Xml)).Root!;
        XElement run = document.Elements("Function").Single();
        Assert.Multiple(() =>
        {
            Assert.That(run.Attribute("activity")!.Value, Is.EqualTo("0102030405060708090a0b0c0d0e0f10-00000000000000ab"));
            Assert.That(run.Attribute("flow")!.Value, Is.EqualTo("12"));
            Assert.That(string.Join(' ', run.Elements().Select(element => element.Name)),
                Is.EqualTo("lin has has upd upd apd apd pop upd out out upd upd"));
            Assert.That(run.Elements("apd").First().Attribute("element_new")!.Value, Is.EqualTo("77"));
            Assert.That(run.Elements("upd").ElementAt(1).Attribute("seen_later")!.Value, Is.EqualTo("true"));
            Assert.That(run.Elements("upd").ElementAt(2).Attribute("changed")!.Value, Is.EqualTo("2"));
            Assert.That(document.Elements("tst").Last().Attribute("outcome")!.Value, Is.EqualTo("failed"));
        });
    }

    [Test]
    public void Chrome_traces_show_them_as_instants()
    {
        using JsonDocument document = JsonDocument.Parse(Document(RenderFormat.Chrome));
        string[] instants = [.. document.RootElement.GetProperty("traceEvents").EnumerateArray()
            .Where(entry => entry.GetProperty("ph").GetString() == "i").Select(entry => entry.GetProperty("cat").GetString()!)];
        Assert.That(string.Join(' ', instants), Is.EqualTo("lin has has upd upd apd apd pop upd out out upd upd tst tst tst"));
    }

    [Test]
    public void A_kind_from_the_future_costs_its_record_and_is_told([Values(11u, 30u, 60u, 104u)] uint code)
    {
        TraceBuilder trace = Sample.Trace();
        byte[] record = new byte[12];
        BitConverter.TryWriteBytes(record, code < 32 ? code | (12u << 8) : code | (5u << 8));
        BitConverter.TryWriteBytes(record.AsSpan(4), 3u);
        trace.Thread(1).Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1)).Raw(record)
            .Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2));
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Is.EqualTo(new[] { "   15 upd Counter.Value 0 -> 1 #1", "   15 upd Counter.Value 1 -> 2 #1" }));
            Assert.That(rendered.Damage.BadRecords, Is.EqualTo(1));
        });
    }

    private static string Document(RenderFormat format) => Documents.Strict(Documents.Render(Everything().Build(), format));

    private static TraceBuilder Everything()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Checksum(Sample.Main, 0, 2, [1, 2, 255]);
        trace.Text(2, "X");
        var thread = (Version2StreamBuilder)trace.Thread(1);
        thread.Run(Sample.Increment, 100, 14, 0, _activity, 0xAB, 12, Value.Object(7, Sample.CounterType));
        thread.Line(Sample.ValueStore);
        thread.Change(RecordKind.Contents, Sample.ItemsLength, 7, 0, writer => Collection(writer, () =>
        {
            writer.Write(2);
            writer.Write(0);
            writer.Write(Value.Collection(Sample.ListType, 2, Value.Int(1), Value.Int(2)));
        }));
        thread.Change(RecordKind.Contents, Sample.ItemsLength, 7, 0, writer => Collection(writer, () =>
        {
            writer.Write(1001);
            writer.Write(1000);
            writer.Write(Value.Collection(Sample.ListType, 1, Value.Int(3)));
        }));
        thread.Change(RecordKind.ElementStored, Sample.ItemsLength, 7, 0,
            writer => Collection(writer, () => Write(writer, Value.Int(1), Value.Int(2), Value.Int(9))));
        thread.Change(RecordKind.ElementStored, Sample.ItemsLength, 7, RecordHead.PartStated
            | RecordHead.SeenLater, writer => Collection(writer, () =>
        {
            writer.Write(2);
            Write(writer, Value.Int(0), Value.Int(1), Value.Int(5));
        }));
        thread.Change(RecordKind.ElementAdded, Sample.ItemsLength, 7, 0,
            writer => Grown(writer, 2, 3, () => Write(writer, Value.Int(2), Value.Int(77))));
        thread.Change(RecordKind.ElementAdded, Sample.ItemsLength, 7, 0,
            writer => Grown(writer, 3, 4, () => Write(writer, Value.Void, Value.Text("x"))));
        thread.Change(RecordKind.ElementRemoved, Sample.ItemsLength, 7, 0,
            writer => Grown(writer, 4, 3, () => Write(writer, Value.Int(0), Value.Int(1))));
        thread.Change(RecordKind.CollectionChanged, Sample.ItemsLength, 7, 0, writer => Grown(writer, 3, 3, () =>
        {
            writer.Write(2);
            Write(writer, Value.Int(0), Value.Int(9), Value.Int(77));
        }));
        thread.Said(RecordKind.Output, 150, 0, Value.Text("total: 3"));
        thread.Said(RecordKind.Output, 160, 4, Value.Text("paid"));
        thread.Change(RecordKind.Update, Sample.ValueStore, 7, RecordHead.SeenLater, writer => Write(writer, Value.Int(3), Value.Int(4)));
        thread.Change(RecordKind.Update, Sample.ValueStore, 7, RecordHead.SeenLater
            | RecordHead.LineStated, writer => Write(writer, Value.Int(4), Value.Int(5)), line: 33);
        thread.End(Sample.Increment, 200, 0, Value.Void);
        thread.Said(RecordKind.TestBegun, 210, null, Value.Text("Adds"));
        thread.Said(RecordKind.TestEnded, 220, 0, Value.Text("Adds"), Value.Null);
        thread.Said(RecordKind.TestEnded, 230, 1, Value.Text("Adds"), Value.Text("Expected 3"));
        trace.Written(thread);
        return trace;
    }

    private static void Collection(BinaryWriter writer, Action write)
    {
        writer.Write(TraceFormat.Identity(30, Sample.ListType));
        writer.Write(Sample.ItemsLength);
        write();
    }

    private static void Grown(BinaryWriter writer, int before, int after, Action write) => Collection(writer, () =>
    {
        writer.Write(before);
        writer.Write(after);
        writer.Write(Sample.ListType);
        write();
    });

    private static void Write(BinaryWriter writer, params byte[][] values)
    {
        foreach (byte[] value in values)
            writer.Write(value);
    }

    private sealed class Ordinals : IEventSink
    {
        public string All { get; private set; } = "";

        public void Visit(RecordedEvent happened) => All += (All.Length == 0 ? "" : " ") + happened.Ordinal;
    }
}
