using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Reading.Tests;
using ObjWatch.Testing;
using ObjWatch.Testing.Formats;

namespace ObjWatch.Cli.Tests;

/// <summary><c>objwatch log</c> in every format.</summary>
[TestFixture]
internal sealed class FormatTests
{
    private const int Rounds = 250_000;
    private const int EventsPerRound = 4;

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("objwatch-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("json", "{\"ObjWatch\":{\"runtime_info\":")]
    [TestCase("xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ObjWatch ")]
    [TestCase("chrome", "{\"otherData\":")]
    [TestCase("text", "=====")]
    public void Format_is_named_or_follows_from_the_output_file(string format, string start)
    {
        string trace = Write(Traces.Everything());
        string output = Path.Combine(_folder, "out." + (format switch { "text" => "objwatch", "chrome" => "trace.json", _ => format }));
        Command named = Command.Run("log", trace, "--format", format);
        Command byName = Command.Run("log", trace, "-o", output);
        Assert.Multiple(() =>
        {
            Assert.That(named.ExitCode + byName.ExitCode, Is.Zero, named.Error + byName.Error);
            Assert.That(named.Output, Does.StartWith(start));
            Assert.That(File.ReadAllText(output), Is.EqualTo(named.Output));
        });
    }

    [Test]
    public void An_unknown_format_is_wrong_usage()
    {
        Command log = Command.Run("log", Write(Traces.Everything()), "--format", "yaml");
        Assert.That((log.ExitCode, log.Output), Is.EqualTo((2, "")));
        Assert.That(log.Error, Does.StartWith("objwatch: error OBJW1001: ").And.Contain("yaml").And.Contain("chrome"));
    }

    [Test]
    public void Text_by_thread_and_without_a_header()
    {
        Command log = Command.Run("log", Write(Traces.Everything()), "--by-thread", "--no-header");
        string[] lines = log.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.Contain(" run Sample.Program.Main"));
        Assert.That(lines[^3..], Has.All.EndsWith(" [T2]"));
    }

    /// <summary>A heap of 192 MiB is all that each side has, and more than it needs.</summary>
    [TestCase("json")]
    [TestCase("xml")]
    public void A_million_events_are_written_and_read_in_bounded_memory(string format)
    {
        string output = Path.Combine(_folder, "out." + format);
        using (Process log = Command.StartWithHeap(192 << 20, "log", Write(Long()), "-o", output))
        {
            ProcessResult result = log.Finish();
            Assert.That(result.ExitCode, Is.Zero, result.Error);
        }

        long events = 0;
        long most = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using FileStream document = File.OpenRead(output);
        Action<string> count = _ =>
        {
            // What is in use, and not what waits to be collected: of that there may be much on a processor with a large cache.
            if (++events % 100_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        };
        if (format == "json")
            JsonTrace.Read(document, count);
        else
            XmlTrace.Read(document, count);
        Assert.That(events, Is.EqualTo(2 + Rounds * EventsPerRound));
        Assert.That(most, Is.LessThan(200_000_000));
    }

    /// <summary>objwatch's own tool reads our JSON. <c>JSON_TO_LOG</c> names its json_to_log.py, which is no part of this
    /// repository.</summary>
    [Test]
    public void The_tool_of_the_original_makes_our_text_of_our_json()
    {
        string? tool = Environment.GetEnvironmentVariable("JSON_TO_LOG");
        if (string.IsNullOrEmpty(tool))
            Assert.Ignore("JSON_TO_LOG does not name json_to_log.py: not run on this machine");
        string trace = Write(Traces.Everything());
        string json = Path.Combine(_folder, "out.json");
        string log = Path.Combine(_folder, "out.log");
        Assert.That(Command.Run("log", trace, "-o", json).ExitCode, Is.Zero);
        Assert.That(ProgramRunner.RunProcess("python3", [tool!, json, "-o", log]).ExitCode, Is.Zero);
        // It knows neither threads nor objects, nor what was not recorded.
        string[] expected =
            Command.Run("log", trace, "--by-thread", "--no-header").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains(" # ", StringComparison.Ordinal))
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"( #\d+)?( \[T\d+\])?$", "")).ToArray();
        Assert.That(EventLines.Of(log), Is.EqualTo(expected));
    }

    private static TraceBuilder Long()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1).Run(Sample.Main, 1, 0, 0);
        ulong ticks = 1;
        for (int i = 0; i < Rounds; i++)
        {
            thread.Run(Sample.Parse, ++ticks, 42, 1, Value.Text("text"))
                .Update(Sample.TotalStore, 0, Value.Int(i), Value.Int(i + 1))
                .Length(Sample.ItemsLength, 7, i, i + 1, Sample.ListType)
                .End(Sample.Parse, ++ticks, 1, Value.Int(i + 1));
        }

        thread.End(Sample.Main, ++ticks, 0, Value.Void);
        return trace;
    }

    private string Write(TraceBuilder trace)
    {
        string path = Path.Combine(_folder, "run.objtrace");
        File.WriteAllBytes(path, trace.Build());
        return path;
    }
}
