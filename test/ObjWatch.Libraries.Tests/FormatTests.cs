using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Testing.Formats;

namespace ObjWatch.Libraries.Tests;

/// <summary>A whole library in use, traced in every format at once: each file tells the same events in the same order.</summary>
[TestFixture("NewtonsoftJson", "Newtonsoft.Json.dll")]
[TestFixture("Humanizer", "Humanizer.dll")]
public sealed class FormatTests
{
    private readonly string _driver;
    private readonly string _library;

    public FormatTests(string driver, string library)
    {
        _driver = driver;
        _library = library;
    }

    [Test]
    public void All_formats_agree_event_for_event()
    {
        using var directory = new TemporaryDirectory();
        Program program = Program.Driver(_driver, directory["program"]);
        ProcessResult weaving = Program.Tool(directory["tool"]).Run(
            directory["weaving"], traced: false, program[_library], "--target", "*", "--trace-output",
            "run.objwatch;run.json;run.xml;run.trace.json");
        Assert.That(weaving.ExitCode, Is.Zero, weaving.Output + weaving.Error);
        string folder = directory["run"];
        ProcessResult run = program.Run(folder, traced: true);
        Assert.That(run.ExitCode, Is.Zero, run.Error);

        // One thread: in order of time and thread by thread are the same.
        long events = Compare(folder, "run.json", JsonTrace.Read);
        Assert.That(events, Is.GreaterThan(100_000));
        Assert.That(Compare(folder, "run.xml", XmlTrace.Read), Is.EqualTo(events));
        Assert.That(Compare(folder, "run.trace.json", ChromeTrace.Read), Is.EqualTo(events));
        TestContext.Out.WriteLine($"{events} events agree");
    }

    /// <summary>Compares a file with the text, line by line.</summary>
    /// <returns>How many lines there are.</returns>
    private static long Compare(string folder, string file, Action<Stream, Action<string>> read)
    {
        using IEnumerator<string> text = EventLines.Of(Path.Combine(folder, "run.objwatch")).GetEnumerator();
        using FileStream document = File.OpenRead(Path.Combine(folder, file));
        long count = 0;
        read(document, line =>
        {
            string expected = text.MoveNext() ? text.Current : "(nothing)";
            if (line != expected)
                Assert.Fail($"{file}, event {count}: '{line}', in the text '{expected}'");
            count++;
        });
        Assert.That(text.MoveNext(), Is.False, $"{file} ends before {text.Current}");
        return count;
    }
}
