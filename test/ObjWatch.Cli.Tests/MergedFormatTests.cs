using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;
using ObjWatch.Reading.Tests;
using ObjWatch.Testing.Formats;

namespace ObjWatch.Cli.Tests;

/// <summary><c>objwatch merge</c> in every format.</summary>
[TestFixture]
internal sealed class MergedFormatTests
{
    private static readonly string[] _extensions = [".json", ".xml", ".trace.json"];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("objwatch-merge-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>Each of two threads, one of them on another machine.</summary>
    private void WriteRanks()
    {
        for (int rank = 0; rank < 3; rank++)
            Write(rank, RankTraces.Random(rank, seed: 40 + rank));

        Write(7, RankTraces.With(7, "another machine", Traces.Everything()));
    }

    [TestCaseSource(nameof(_extensions))]
    public void Each_rank_has_the_events_of_its_own_trace(string extension)
    {
        WriteRanks();
        string output = Merge(extension);

        IEnumerable<string> expected = new[]
            { 0, 1, 2, 7 }.SelectMany(rank => Command.Run("log", "--no-header", "--by-thread", PathOf(rank)).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.StartsWith("[#", StringComparison.Ordinal) ? line : $"[#{rank}] " + line));
        Assert.That(Lines(output), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(_extensions))]
    public void Events_are_those_of_the_text(string extension)
    {
        WriteRanks();
        string text = File.ReadAllText(Merge(".objwatch"));

        Assert.That(ByThread(Lines(Merge(extension))), Is.EqualTo(ByThread(text.Split('\n', StringSplitOptions.RemoveEmptyEntries))));
    }

    [TestCase("text", ".objwatch")]
    [TestCase("json", ".json")]
    [TestCase("xml", ".xml")]
    [TestCase("chrome", ".trace.json")]
    public void Format_is_named_or_follows_from_the_output_file(string format, string extension)
    {
        WriteRanks();
        Command named = Command.Run("merge", Path.Combine(_folder, "train.rank*.objtrace"), "--format", format);
        Assert.That(named.ExitCode, Is.Zero, named.Error);
        Assert.That(File.ReadAllText(Merge(extension)), Is.EqualTo(named.Output));
    }

    [TestCase("merge")]
    [TestCase("log")]
    public void A_binary_trace_is_no_output(string command)
    {
        Write(0, RankTraces.Trace(0, "boot a", [(10, 1)]));
        Command run = Command.Run(command, PathOf(0), "-o", Path.Combine(_folder, "all.objtrace"));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("objwatch: error OBJW1001: ").And.Contain("all.objtrace").And.Contain(".trace.json"));
        Assert.That(File.Exists(Path.Combine(_folder, "all.objtrace")), Is.False);
    }

    [Test]
    public void Times_count_from_the_first_trace_by_the_common_clock()
    {
        // By the first machine's clock the second one's begins 300 ns before and runs 1,000,000 ns ahead.
        TraceBuilder first = RankTraces.Trace(0, "boot a", [(1_600, 1)], "100 1500 then");
        first.StartTicks = 1_000;
        TraceBuilder second = RankTraces.Trace(1, "boot b", [(1_001_550, 1)], "1001400 1001500 then");
        second.StartTicks = 1_000_700;
        Write(0, first);
        Write(1, second);
        long[] expected = [900, 850];

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Merge(".json")));
        XElement xml = XElement.Load(Merge(".xml"));
        using JsonDocument chrome = JsonDocument.Parse(File.ReadAllBytes(Merge(".trace.json")));
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("ObjWatch").GetProperty("events").EnumerateArray()
                .Select(call => call.GetProperty("run_ns").GetInt64()), Is.EqualTo(expected));
            Assert.That(xml.Elements("Function").Select(call => (long)call.Attribute("run_ns")!), Is.EqualTo(expected));
            Assert.That(xml.Elements("Function").Select(call => (long)call.Attribute("end_ns")!),
                Is.EqualTo(expected.Select(time => time + 1)));
            Assert.That(Entries(chrome, "B").OrderBy(Process).Select(call => call.GetProperty("ts").GetDecimal()),
                Is.EqualTo(expected.Select(time => time / 1000m)));
        });
    }

    [Test]
    public void Json_lists_the_processes_and_says_the_rank_of_each_call_change_and_thread()
    {
        WriteRanks();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Merge(".json")));
        JsonElement root = document.RootElement.GetProperty("ObjWatch");

        Assert.That(Ranks(root.GetProperty("runtime_info").GetProperty("processes")), Is.EqualTo(new[] { 0, 1, 2, 7 }));
        Assert.That(Ranks(root.GetProperty("events")).Distinct(), Is.EqualTo(new[] { 0, 1, 2, 7 }));
        Assert.That(root.GetProperty("events").EnumerateArray().SelectMany(call => call.GetProperty("events").EnumerateArray())
            .All(change => change.TryGetProperty("rank", out _)));
        Assert.That(Ranks(root.GetProperty("threads")), Is.EqualTo(new[] { 0, 0, 1, 1, 2, 2, 7, 7 }));
        Assert.That(Numbers(root.GetProperty("events")), Is.Unique);
    }

    [Test]
    public void Xml_lists_the_processes_and_says_the_rank_of_each_event()
    {
        WriteRanks();
        XElement document = XElement.Load(Merge(".xml"));

        Assert.That(document.Elements("process").Select(process => (int)process.Attribute("rank")!), Is.EqualTo(new[] { 0, 1, 2, 7 }));
        Assert.That(document.Descendants(), Has.All.Matches<XElement>(element => element.Attribute("rank") is not null));
    }

    [Test]
    public void Chrome_has_a_process_for_each_rank()
    {
        WriteRanks();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Merge(".trace.json")));

        Assert.That(
            Entries(document, "M").Where(entry => Name(entry) == "process_name")
            .Select(entry => $"{Process(entry)}: {Argument(entry, "name")}"),
            Is.EquivalentTo(["0: rank 0", "1: rank 1", "2: rank 2", "7: rank 7"]));
        Assert.That(Entries(document, "M").Where(entry => Name(entry) == "process_labels").Select(entry => Argument(entry, "labels")),
            Is.EqualTo(new[] { "Sample", "Sample", "Sample", "Sample" }));
        Assert.That(Entries(document, "B").Select(Process).Distinct(), Is.EquivalentTo([0, 1, 2, 7]));
    }

    [Test]
    public void A_process_without_a_rank_takes_no_rank_s_number()
    {
        // The builder's process is 4711.
        Write(4711, RankTraces.Trace(4711, "boot a", [(10, 1)]));
        File.WriteAllBytes(Path.Combine(_folder, "train.rank.objtrace"), RankTraces.Trace(-1, "boot a", [(20, 1)]).Build());
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Merge(".trace.json")));

        Assert.That(
            Entries(document, "M").Where(entry => Name(entry) == "process_name")
            .Select(entry => $"{Process(entry)}: {Argument(entry, "name")}"),
            Is.EquivalentTo(["4711: rank 4711", "4712: Sample"]));
    }

    [TestCase(".objwatch", "[#1]    15 # 8 events of Counter.Value were left out: the limit was reached")]
    [TestCase(".json", "\"type\":\"left_out\",\"name\":\"Counter.Value\",\"line\":15,\"count\":8,\"rank\":1}")]
    [TestCase(".xml", "<left_out name=\"Counter.Value\" line=\"15\" count=\"8\" rank=\"1\"/>")]
    [TestCase(".trace.json", "\"name\":\"left_out\",\"pid\":1,\"tid\":0,\"args\":{\"name\":\"Counter.Value\",\"line\":15,\"count\":8}}")]
    public void What_a_limit_left_out_is_told_with_its_rank(string extension, string expected)
    {
        Write(0, RankTraces.Trace(0, "boot a", [(10, 1)]));
        TraceBuilder limited = RankTraces.Trace(1, "boot a", [(20, 1)]);
        limited.LeftOut(Sample.ValueStore, 8);
        Write(1, limited);

        Assert.That(File.ReadAllText(Merge(extension)), Does.Contain(expected));
    }

    private static List<string> Lines(string path)
    {
        var lines = new List<string>();
        using FileStream document = File.OpenRead(path);
        if (path.EndsWith(".xml", StringComparison.Ordinal))
            XmlTrace.Read(document, lines.Add);
        else if (path.EndsWith(".trace.json", StringComparison.Ordinal))
            ChromeTrace.Read(document, lines.Add);
        else
            JsonTrace.Read(document, lines.Add);
        return lines;
    }

    /// <summary>The lines rank by rank and thread by thread, each with its thread: they name it only once there is a second one.</summary>
    private static IEnumerable<string> ByThread(IEnumerable<string> lines) => lines
        .Select(line => line.EndsWith(']') && line.Contains(" [T", StringComparison.Ordinal)
            ? line : line + (line.StartsWith("[#7]", StringComparison.Ordinal) ? " [T1]" : " [T2]"))
        .OrderBy(line => line[..4], StringComparer.Ordinal).ThenBy(line => line[^4..], StringComparer.Ordinal);

    private static IEnumerable<int> Ranks(JsonElement entries) =>
        entries.EnumerateArray().Select(entry => entry.GetProperty("rank").GetInt32());

    private static IEnumerable<int> Numbers(JsonElement events) => events.EnumerateArray().SelectMany(entry =>
        (entry.TryGetProperty("events", out JsonElement inner) ? Numbers(inner) : []).Prepend(entry.GetProperty("id").GetInt32()));

    private static IEnumerable<JsonElement> Entries(JsonDocument document, string phase) =>
        document.RootElement.GetProperty("traceEvents").EnumerateArray().Where(entry => entry.GetProperty("ph").GetString() == phase);

    private static int Process(JsonElement entry) => entry.GetProperty("pid").GetInt32();

    private static string? Name(JsonElement entry) => entry.GetProperty("name").GetString();

    private static string? Argument(JsonElement entry, string name) => entry.GetProperty("args").GetProperty(name).GetString();

    private string Merge(string extension)
    {
        string output = Path.Combine(_folder, "all" + extension);
        Command merge = Command.Run("merge", Path.Combine(_folder, "train.rank*.objtrace"), "-o", output);
        Assert.That((merge.ExitCode, merge.Output), Is.EqualTo((0, "")), merge.Error);
        return output;
    }

    private string PathOf(int rank) => Path.Combine(_folder, $"train.rank{rank}.objtrace");

    private void Write(int rank, TraceBuilder trace) => File.WriteAllBytes(PathOf(rank), trace.Build());
}
