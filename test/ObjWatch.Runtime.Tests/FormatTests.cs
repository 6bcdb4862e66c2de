using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Testing.Formats;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>Every format is whole and agrees with the text, however the process ends.</summary>
public sealed class FormatTests
{
    private const string All = "run.objwatch;run.json;run.xml;run.trace.json;run.objtrace";

    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("objwatch-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("count 2500", null, 2500)]
    [TestCase("exit", null, 2)]
    [TestCase("unhandled-in-call", null, 6)]
    [TestCase("wait", 15, 10)]
    [TestCase("wait", 2, 10)]
    [Platform(Exclude = "Win", Reason = "It has no such signals.")]
    public void All_outputs_are_whole_and_agree(string scenario, int? signal, int events)
    {
        using var child = new Child(_directory, scenario.Split(' '), All);
        if (signal is { } number)
        {
            child.WaitFor("ready");
            child.Signal(number);
        }

        child.WaitForExit();

        Assert.That(child.LastError,
            Does.StartWith($"objwatch: {events} events -> ").Or.Contains("nobody catches this").Or.StartWith("   at "), child.Errors);
        string[] text = EventLines.Of(PathOf("run.objwatch")).ToArray();
        Assert.That(text, Has.Length.EqualTo(events));
        AssertAgree(text);
        Assert.That(Directory.GetFiles(_directory), Has.Length.EqualTo(5));
    }

    [Test]
    public void What_a_killed_process_recorded_can_be_rendered_in_every_format()
    {
        using (var child = new Child(_directory, ["wait"], "run.json;run.xml;run.trace.json"))
        {
            child.WaitFor("ready");
            child.Process.Kill();
            child.WaitForExit();
        }

        string trace = PathOf("run.json.objtrace");
        foreach (string output in All.Split(';').SkipLast(1))
            RenderAfterwards(trace, PathOf(output));
        string[] text = EventLines.Of(PathOf("run.objwatch")).ToArray();
        Assert.That(text, Has.Length.EqualTo(10));
        AssertAgree(text);
    }

    [TestCase("run.json")]
    [TestCase("run.xml")]
    [TestCase("run.trace.json")]
    [TestCase("run.objwatch")]
    public void Two_processes_with_the_same_output_get_a_file_each(string output)
    {
        using var first = new Child(_directory, ["hold"], output);
        first.WaitFor("ready");
        using var second = new Child(_directory, ["count", "5"], output);
        string id = FormattableString.Invariant($"{second.Process.Id}");
        Assert.That(second.WaitForExit(), Is.Zero);
        Assert.That(first.WaitForExit(), Is.Zero);

        Assert.That(Directory.GetFiles(_directory).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { output, output.Insert("run".Length, "." + id) }));
    }

    [TestCase("run.json")]
    [TestCase("run.xml")]
    [TestCase("run.trace.json")]
    [TestCase("run.objwatch")]
    [Platform(Exclude = "Win", Reason = "Rights are set with chmod.")]
    public void An_output_that_cannot_be_made_is_told_and_the_program_runs(string output)
    {
        using var missing = new Child(_directory, ["count", "5"], Path.Combine("not", "yet", output));
        Assert.That(missing.WaitForExit(), Is.Zero);
        Assert.That(missing.LastError, Is.EqualTo($"objwatch: 5 events -> {PathOf("not", "yet", output)}"), "a missing directory is made");

        // A file where a directory should be: nobody may write there, not even the superuser.
        File.WriteAllText(PathOf("file"), "");
        using var forbidden = new Child(_directory, ["count", "5"], Path.Combine("file", output));
        Assert.That(forbidden.WaitForExit(), Is.Zero);
        Assert.That(forbidden.Errors, Does.StartWith("objwatch: error OBJW1102: nothing is recorded: "));
    }

    [Test]
    public void Values_that_are_hard_to_write_down_are_the_same_in_every_format()
    {
        object[] values =
        [
            "a\nb\r\u2028", "\"'\\", "\0\u001B[31m", "\uD800", "\u202E", new string('x', 10_000_000), "]]></Function>", double.NaN,
                '\uFFFF',
            typeof(Dictionary<string, List<Func<Lazy<Tuple<int, KeyValuePair<char, byte>>>>>>),
        ];
        using (new Recording(new TracerOptions { Output = string.Join(";", All.Split(';').Select(name => PathOf(name))) }))
        {
            ThreadRecorder recorder = Probe.Attach()!;
            foreach (object value in values)
                Probe.UpdateReference(recorder, WovenSites.Anything, null, null, value);
        }

        string[] text = EventLines.Of(PathOf("run.objwatch")).ToArray();
        Assert.That(text, Has.Length.EqualTo(values.Length));
        Assert.That(text[5], Does.EndWith("...\" (10000000 chars)"));
        Assert.That(text[^1], Does.EndWith("typeof(Dictionary<string, List<Func<Lazy<Tuple<int, KeyValuePair<char, byte>>>>>>)"));
        AssertAgree(text);
    }

    [Test]
    public void The_same_output_twice_is_one()
    {
        using var child = new Child(_directory, ["count", "5"], "run.json; run.json");
        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 5 events -> {PathOf("run.json")}"));
    }

    [Test]
    public void The_header_tells_of_the_run()
    {
        using var child = new Child(_directory, ["count", "5"], "run.objwatch");
        Assert.That(child.WaitForExit(), Is.Zero);

        string[] lines = File.ReadAllLines(PathOf("run.objwatch"));
        string[] header = lines[..Array.LastIndexOf(lines, new string('=', 80))];
        Assert.That(header,
            Is.SupersetOf(new[]
                { "# ObjWatch Log", "> Program:        ObjWatch.Runtime.Tests", "* Output: run.objwatch", "## Targets:", "* *",
                    "## Exclude Targets:", "* None" }));
        Assert.That(header,
            Has.One.Matches(@"^> Version:        \d+\.\d+\.\d+").And.One.Matches(@"^> Start Time:     \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$")
            .And.One.Matches("^> System Info:    .+").And.One.Matches(@"^> Runtime:        \.NET "));
        Assert.That(lines[^5..], Is.EqualTo(EventLines.Of(PathOf("run.objwatch"))));
    }

    private void AssertAgree(string[] text)
    {
        Assert.Multiple(() =>
        {
            Assert.That(Lines("run.json", JsonTrace.Read), Is.EqualTo(text));
            Assert.That(Lines("run.xml", XmlTrace.Read), Is.EqualTo(text));
            Assert.That(Lines("run.trace.json", ChromeTrace.Read), Is.EqualTo(text));
        });
    }

    private List<string> Lines(string file, Action<Stream, Action<string>> read)
    {
        var lines = new List<string>();
        using FileStream stream = File.OpenRead(PathOf(file));
        read(stream, lines.Add);
        return lines;
    }

    private string PathOf(params string[] parts) => Path.Combine([_directory, .. parts]);

    /// <summary>As <c>objwatch log -o</c> does, which has tests of its own.</summary>
    private static void RenderAfterwards(string trace, string output)
    {
        using var reader = new TraceReader(trace, growing: false);
        using var rendering =
            TraceRendering.Create(reader, File.Create(output), RenderFormats.Of(output, out _)!.Value, new RenderOptions());
        rendering.Complete();
    }
}
