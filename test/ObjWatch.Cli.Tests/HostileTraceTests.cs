using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using NUnit.Framework;
using ObjWatch.Reading.Tests;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli.Tests;

/// <summary>A trace from somebody who means harm prints text, writes where it is told, and takes no more memory than its size
/// explains.</summary>
[TestFixture]
internal sealed class HostileTraceTests
{
    /// <summary>Colours, a window title, the C1 form of an escape, a line of its own, a direction of its own, and half a
    /// character.</summary>
    private const string Poison = "\u001b[31m\u001b]0;owned\a\u009b2J\r\n   1 run Forged\u2028\u202Egnp\u2066\uD800\0\b\u007f";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("objwatch-hostile-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("log")]
    [TestCase("info")]
    [TestCase("log", "--format", "json")]
    [TestCase("log", "--format", "xml")]
    [TestCase("log", "--format", "chrome")]
    public void No_name_in_a_trace_reaches_the_terminal_as_it_is(params string[] command)
    {
        Command said = Command.Run([.. command, Write("a.objtrace", Poisoned())]);
        Assert.That(said.ExitCode, Is.Zero);
        Assert.That(said.Output, Does.Contain("owned"));
        AssertHarmless(said.Output);
        AssertHarmless(said.Error);
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Names of files cannot hold control characters there.")]
    public void No_name_of_a_file_does_either([Values("log", "info")] string command)
    {
        string name = "\u001b[31m\r\n\u202E.objtrace";
        foreach (byte[] trace in new[] { Poisoned().Build(), "no trace"u8.ToArray() })
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllBytes(path, trace);
            Command said = Command.Run(command, path);
            AssertHarmless(said.Output);
            AssertHarmless(said.Error);
        }

        AssertHarmless(Command.Run(command, Path.Combine(_folder, "none" + name)).Error);
    }

    [Test]
    public void Names_in_a_trace_are_no_paths_to_write_to()
    {
        string work = Directory.CreateDirectory(Path.Combine(_folder, "deep", "deeper")).FullName;
        string input =
            Write(Path.Combine("deep", "deeper", "a.objtrace"),
                Named("../../outside", Path.Combine(_folder, "absolute"), "~/home", "C:\\windows"));
        string output = Path.Combine(work, "a.objwatch");
        Assert.That(Command.Run("log", input, "-o", output).ExitCode, Is.Zero);
        Assert.That(Command.Run("info", input).ExitCode, Is.Zero);
        Assert.That(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories), Is.EquivalentTo([input, output]));
    }

    [Test]
    public void Numbers_that_claim_much_take_no_memory([Values("log", "info")] string command)
    {
        // 4 MiB that speak of terabytes, read by a process that may have 40 MiB of objects.
        Assert.That(RunWithHeap(0x2800000, command, Write("a.objtrace", Claims(chunks: 64))), Is.Zero);
    }

    [Test]
    public void Definitions_take_memory_in_proportion_to_their_bytes([Values("log", "info")] string command)
    {
        // 8 MiB of the smallest definitions there are.
        Assert.That(RunWithHeap(0xA000000, command, Write("a.objtrace", SmallDefinitions(chunks: 128))), Is.Zero);
    }

    /// <summary>A sample: many more are tried with the reader itself.</summary>
    [Test]
    public void Damage_of_any_kind_ends_in_words()
    {
        using var trace = new MutatedTrace(Traces.Everything().Build(), seed: 4711);
        for (int i = 0; i < 10; i++)
        {
            trace.Mutate();
            Command said = Command.Run(i % 4 == 0 ? "info" : "log", trace.Path);
            Assert.That(said.ExitCode, Is.Zero.Or.EqualTo(2), $"{trace.Mutation}: {said.Error}");
            Assert.That(said.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                Has.All.Matches("^objwatch: (note|error OBJW1004): "), trace.Mutation);
            AssertHarmless(said.Output);
        }
    }

    private static void AssertHarmless(string text)
    {
        foreach (char unit in text)
        {
            bool harmful = (char.IsControl(unit) && unit != '\n')
                || unit is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (harmful)
                Assert.Fail($"U+{(int)unit:X4} came through in: {text}");
        }

        Assert.That(text, Does.Not.Contain("\n   1 run Forged"));
    }

    private static TraceBuilder Poisoned() => Named(Poison, Poison, Poison, Poison);

    /// <summary>A trace that has strings of a stranger's choice wherever it has strings.</summary>
    private static TraceBuilder Named(string first, string second, string third, string fourth)
    {
        // What a compiler could not have written as UTF-8 reaches a reader as values only.
        string Name(string text) => text.Replace("\uD800", "", StringComparison.Ordinal);
        var table = new SiteTable { WeaverVersion = Name(first), AssemblyName = Name(second) };
        table.Files.Add(Name(first));
        table.Options[Name(third)] = Name(fourth);
        table.Methods.Add(new MethodEntry(Name(first), Name(second), 0, 1, MethodFlags.None, [new(Name(third), Name(fourth))]));
        table.Members.Add(new MemberEntry(Name(second), MemberKind.Instance));
        table.Members.Add(new MemberEntry(Name(third), MemberKind.Static));
        table.Sites.Add(new SiteEntry(SiteKind.Method, 0, -1, 1));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 0, 0, 2));
        table.Sites.Add(new SiteEntry(SiteKind.Length, 0, 1, 3));
        var trace = new TraceBuilder();
        trace.Fact(Name(first), Name(second));
        trace.Fact("process", Name(third));
        trace.Table(1, table);
        trace.Type(1, Name(second), Name(third), Name(fourth));
        trace.Enum(2, Name(first), (Name(second), 1));
        trace.Text(1, Name(fourth));
        trace.ThreadName(1, 1, Name(first));
        trace.Thread(1)
            .Run(1, 100, 1, 0, Value.Object(7, 1), Value.Text(first))
            .Update(2, 7, Value.Enum(2, 1), Value.Struct(1, Value.Text(second), Value.Text(third)))
            .Update(2, 7, Value.Tagged(ValueTag.Delegate, writer => writer.Write(1)),
                Value.Tagged(ValueTag.TypeReference, writer => writer.Write(1)))
            .Update(2, 7, Value.Tagged(ValueTag.Char, writer => writer.Write((ushort)0x1B)), Value.Collection(1, 3, Value.Text(fourth)))
            .Length(3, 7, 1, 2, 1)
            .End(1, 110, 0, Value.Exception(1, first), failed: true);
        return trace;
    }

    private static TraceBuilder Claims(int chunks)
    {
        TraceBuilder trace = Sample.Trace();
        for (uint stream = 1; stream < chunks; stream++)
        {
            StreamBuilder thread = trace.Thread(stream, managedId: uint.MaxValue);
            for (int i = 0; i < 200; i++)
            {
                // Claimed once, because a line is indented as far as it claims to be, within limits.
                thread
                    .Run(Sample.Main, ulong.MaxValue, int.MaxValue, depth: i == 0 && stream == 1 ? -1 : 0)
                    .Run(int.MaxValue, 1, -1, depth: 1)
                    .Update(Sample.ValueStore, long.MaxValue, Value.Tagged(ValueTag.String, writer =>
                    {
                        writer.Write(uint.MaxValue);
                        writer.Write(ushort.MaxValue);
                    }), Value.Tagged(ValueTag.Collection, writer =>
                    {
                        writer.Write(uint.MaxValue);
                        writer.Write(uint.MaxValue);
                        writer.Write(byte.MaxValue);
                    }))
                    .Length(Sample.ItemsLength, -1, -1, int.MinValue, -1);
            }

            // Nothing but names of tables that never come.
            trace.Definitions.Record(RecordKind.AssemblyPart, writer =>
            {
                writer.Write(stream);
                writer.Write(uint.MaxValue);
                writer.Write(0);
                writer.Write(0);
            });
            trace.Definitions.Record(RecordKind.Type, writer =>
            {
                writer.Write(stream);
                writer.Write((byte)0);
                writer.Write((ushort)0);
                writer.Write((ushort)0);
                writer.Write(ushort.MaxValue);
            });
        }

        return trace;
    }

    private static TraceBuilder SmallDefinitions(int chunks)
    {
        TraceBuilder trace = Sample.Trace();
        for (int i = 0; trace.ChunkCount < chunks; i++)
        {
            trace.Type(100 + i, "");
            trace.Text(100 + i, "");
            trace.Fact("", "");
            trace.ThreadName((uint)i, 0, "");
        }

        return trace;
    }

    private static int RunWithHeap(long bytes, string command, string trace)
    {
        using Process process = Command.StartWithHeap(bytes, command, trace);
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        TestContext.Out.WriteLine(error);
        Assert.That(error, Does.Not.Contain("OutOfMemory"));
        return process.ExitCode;
    }

    private string Write(string name, TraceBuilder trace)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, trace.Build());
        return path;
    }
}
