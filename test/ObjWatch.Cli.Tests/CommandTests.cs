using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using NUnit.Framework;
using ObjWatch.Reading.Tests;
using ObjWatch.Testing;
using ObjWatch.Trace.Format;

namespace ObjWatch.Cli.Tests;

[TestFixture]
internal sealed class CommandTests
{
    private const string SmallText =
        "   42 run Sample.Counter.Increment <- 'this':Counter#7\n"
        + "   15   upd Counter.Value 10 -> 11 #7\n"
        + "   42 end Sample.Counter.Increment -> 11\n";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("objwatch-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Log_renders_a_trace_as_text()
    {
        Command log = Command.Run("log", Write(Small().Build()));
        Assert.Multiple(() =>
        {
            Assert.That(EventLines.In(log.Output), Is.EqualTo(SmallText));
            Assert.That(log.Error, Is.Empty);
            Assert.That(log.ExitCode, Is.Zero);
        });
    }

    [Test]
    public void Log_writes_into_a_file_that_only_the_owner_reads()
    {
        string text = Path.Combine(_folder, "out.objwatch");
        Command log = Command.Run("log", Write(Small().Build()), "-o", text);
        Assert.Multiple(() =>
        {
            Assert.That(log, Is.EqualTo(new Command(0, "", "")));
            Assert.That(EventLines.In(File.ReadAllText(text)), Is.EqualTo(SmallText));
            if (!OperatingSystem.IsWindows())
                Assert.That(File.GetUnixFileMode(text), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    [Test]
    public void Log_says_when_the_process_was_killed_and_what_is_damaged()
    {
        TraceBuilder trace = Small();
        trace.Closed = false;
        byte[] bytes = trace.Build();
        Command log = Command.Run("log", Write(bytes[..^1000]));
        Assert.Multiple(() =>
        {
            Assert.That(EventLines.In(log.Output), Is.EqualTo(SmallText));
            Assert.That(log.ExitCode, Is.Zero);
            Assert.That(log.Error, Does.Match("^objwatch: note: [^\n]*killed[^\n]*\n$"));
        });
    }

    [Test]
    public void Log_tells_the_damage_it_met()
    {
        TraceBuilder trace = Small();
        trace.Thread(2).EventsLost(5).Raw([3, 0, 0, 0x10]);
        Command log = Command.Run("log", Write(trace.Build()));
        Assert.Multiple(() =>
        {
            Assert.That(EventLines.In(log.Output),
                Is.EqualTo("    0 # 5 events were not recorded\n" + SmallText.Replace("\n", " [T1]\n", StringComparison.Ordinal)));
            Assert.That(log.Error,
                Is.EqualTo(
                    "objwatch: note: 5 events were not recorded, as the trace itself says\nobjwatch: note: damaged: 1 unreadable record "
                    + "(65444 bytes were skipped)\n"));
        });
    }

    [Test]
    public void Log_ends_quietly_when_nobody_reads_on()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1);
        for (int i = 0; i < 200_000; i++)
            thread.Update(Sample.ValueStore, 1, Value.Int(i), Value.Int(i + 1));
        using Process process = Command.Start("log", Write(trace.Build()));
        process.StandardOutput.ReadLine();
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Multiple(() =>
        {
            Assert.That(error, Is.Empty);
            Assert.That(process.ExitCode, Is.Zero);
        });
    }

    [Test]
    public void Info_says_what_is_in_a_trace()
    {
        Command info = Command.Run("info", Write(Traces.Everything().Build()));
        string[] lines = info.Output.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(info.ExitCode, Is.Zero);
            Assert.That(info.Error, Is.Empty);
            Assert.That(lines, Is.SupersetOf(new[]
            {
                "process id 4711", "started 2026-11-22 08:00:00.000 UTC", "closed yes", "process Sample",
                "15 T1 (managed thread 1) 'main'", "3 T2 (managed thread 5)",
                "6 run", "5 end", "1 end by an exception", "5 upd", "1 apd", "0 pop",
                "Sample: 6 methods, 5 members, 11 sites, 1 files, by weaver 0.1.0",
                "1 Sample.Counter.Increment", "3 @.Counter.Total",
                "3 events were not recorded, as the trace itself says",
            }));
        });
    }

    [Test]
    public void Info_counts_the_events_of_a_large_trace_by_the_headers_and_estimates_their_kinds()
    {
        // Of each chunk's ten events, four are runs, four are ends, and two are updates.
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1);
        const int Chunks = 1500;
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            thread.NextChunk();
            for (int i = 0; i < 4; i++)
                thread.Run(Sample.Increment, (ulong)chunk, 1, 0, Value.Object(1, 1), Value.Int(1))
                    .End(Sample.Increment, (ulong)chunk, 0, Value.Int(1));
            thread.Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2)).Update(Sample.ValueStore, 1, Value.Int(2), Value.Int(3));
        }

        string path = Write(trace.Build());
        Command estimated = Command.Run("info", path);
        Command exact = Command.Run("info", path, "--exact");
        Assert.Multiple(() =>
        {
            foreach (string count in new[] { "15000 all", "15000 T1 (managed thread 1)" })
            {
                Assert.That(estimated.Output, Does.Contain(count));
                Assert.That(exact.Output, Does.Contain(count));
            }

            foreach (string count in new[] { "6000 run", "6000 end", "3000 upd", "6000 Sample.Counter.Increment" })
                Assert.That(exact.Output, Does.Contain(count));
            Assert.That(estimated.Output, Does.Match(@"\b(5999|6000|6001) run\b"));
            Assert.That(estimated.Output, Does.Contain("estimated from 1025 of 1501 chunks"));
            Assert.That(exact.Output, Does.Not.Contain("estimated"));
        });
    }

    [Test]
    public void A_missing_file_is_an_error([Values("log", "info")] string command) =>
        Refused(Command.Run(command, Path.Combine(_folder, "no.objtrace")), "OBJW1002", "does not exist");

    [Test]
    public void A_directory_is_an_error([Values("log", "info")] string command) =>
        Refused(Command.Run(command, _folder), "OBJW1003", "is a directory");

    [Test]
    public void A_file_that_is_no_trace_is_an_error([Values("log", "info")] string command) =>
        Refused(Command.Run(command, Write("only text, but a long one"u8.ToArray())), "OBJW1004", "not an ObjWatch trace");

    [Test]
    public void An_empty_file_is_an_error([Values("log", "info")] string command) =>
        Refused(Command.Run(command, Write([])), "OBJW1004", "empty");

    [Test]
    public void A_newer_trace_is_an_error([Values("log", "info")] string command)
    {
        byte[] trace = Small().Build();
        BinaryPrimitives.WriteUInt32LittleEndian(trace.AsSpan(8), 3);
        Refused(Command.Run(command, Write(trace)), "OBJW1004", "format version 3");
    }

    [Test]
    public void A_text_whose_trace_lies_beside_it_leads_there()
    {
        string text = Path.Combine(_folder, "App.objwatch");
        File.WriteAllText(text, SmallText);
        File.WriteAllBytes(text + ".objtrace", Small().Build());
        Refused(Command.Run("log", text), "OBJW1004", $"the trace of this text is '{text}.objtrace'");
    }

    [Test]
    public void A_text_without_its_trace_is_called_what_it_is()
    {
        string text = Path.Combine(_folder, "App.objwatch");
        File.WriteAllText(text, SmallText);
        Refused(Command.Run("info", text), "OBJW1004", "rendered text already");
    }

    [TestCase("--help")]
    [TestCase("--help", "log")]
    [TestCase("'b'", "log", "a", "b")]
    [TestCase("'--colour'", "log", "a", "--colour")]
    [TestCase("'frobnicate'", "frobnicate")]
    [TestCase("'yaml' not recognized. Must be one of: 'text' 'json'", "log", "a", "--format", "yaml")]
    public void Wrong_usage_is_an_error(string words, params string[] arguments) => Refused(Command.Run(arguments), "OBJW1001", words);

    [Test]
    public void The_trace_is_not_overwritten_by_its_text()
    {
        byte[] bytes = Small().Build();
        string trace = Write(bytes);
        Refused(Command.Run("log", trace, "-o", trace), "OBJW1001", "is the trace itself");
        Assert.That(File.ReadAllBytes(trace), Is.EqualTo(bytes));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Links need a privilege on Windows.")]
    public void Output_through_a_link_is_refused()
    {
        string victim = Path.Combine(_folder, "victim");
        string link = Path.Combine(_folder, "link.objwatch");
        File.WriteAllText(victim, "precious");
        File.CreateSymbolicLink(link, victim);
        Command log = Command.Run("log", Write(Small().Build()), "-o", link);
        Assert.Multiple(() =>
        {
            Assert.That(log.ExitCode, Is.EqualTo(1));
            Assert.That(log.Error, Does.Match("^objwatch: error OBJW1006: [^\n]*is a symbolic link[^\n]*\n$"));
            Assert.That(File.ReadAllText(victim), Is.EqualTo("precious"));
        });
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Devices are no files on Windows.")]
    public void A_device_is_refused_and_left_alone()
    {
        string device = Path.Combine(_folder, "null.objwatch");
        Assume.That(ProgramRunner.RunProcess("mknod", [device, "c", "1", "3"]).ExitCode, Is.Zero, "Only root makes devices.");

        Command log = Command.Run("log", Write(Small().Build()), "-o", device);
        Assert.Multiple(() =>
        {
            Assert.That(log.ExitCode, Is.EqualTo(1));
            Assert.That(log.Error, Does.Match("^objwatch: error OBJW1006: [^\n]*is no regular file[^\n]*\n$"));
            Assert.That(new FileInfo(device).Length, Is.Zero);
        });
    }

    private static void Refused(Command command, string code, string words) => Assert.Multiple(() =>
    {
        Assert.That(command.ExitCode, Is.EqualTo(2));
        Assert.That(command.Output, Is.Empty);
        Assert.That(command.Error, Does.Match($"^objwatch: error {code}: [^\n]*\n$"));
        Assert.That(command.Error, Does.Contain(words));
    });

    private static TraceBuilder Small()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1)
            .Run(Sample.Increment, 100, 42, 0, Value.Object(7, Sample.CounterType))
            .Update(Sample.ValueStore, 7, Value.Int(10), Value.Int(11))
            .End(Sample.Increment, 110, 0, Value.Int(11));
        return trace;
    }

    private string Write(byte[] trace)
    {
        string path = Path.Combine(_folder, "a.objtrace");
        File.WriteAllBytes(path, trace);
        return path;
    }
}
