using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>Every format tells the same, and is what its readers expect.</summary>
/// <remarks>With <c>WRITE_GOLDEN_TRACES=1</c> in the environment the golden files are written instead, for a person to read before they are
/// committed.</remarks>
[TestFixture]
internal sealed class FormatTests
{
    private static TraceBuilder Nested()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Fact("objwatch", "0.1.0");
        trace.Fact("runtime", ".NET 10.0.12");
        trace.Fact("system", "Debian \"12\" & <more>\n# not a line of its own");
        trace.Fact("architecture", "X64");
        trace.Fact("weave.Exclude", "");
        trace.Fact("weave.Targets", "Sample;Sample:Counter.Add()");
        trace.Fact("weave.Locals", "false");
        trace.Fact("option.Output", "Sample.json");
        trace.ThreadName(1, 1, "main \"thread\"");
        byte[] counter = Value.Object(7, Sample.CounterType);
        trace.Thread(1)
            .Run(Sample.Main, 100, 0, 0)
            .Run(Sample.Increment, 2_130, 42, 1, counter)
            .Update(Sample.ValueStore, 7, Value.Int(10), Value.Int(11))
            .Update(Sample.TotalStore, 0, Value.Int(0), Value.Int(1))
            .End(Sample.Increment, 3_140, 1, Value.Int(11))
            .Run(Sample.Add, 4_150, 45, 1, counter, Value.Text("a \"quoted\" <tag/> & \\"), Value.Int(2))
            .Length(Sample.ItemsLength, 7, 3, 4, Sample.ListType)
            .End(Sample.Add, 5_160, 1, Value.Exception(Sample.ErrorType, "no"), failed: true)
            .End(Sample.Main, 6_190, 0, Value.Void);
        return trace;
    }

    [Test]
    public void Document_is_as_recorded(
        [Values(RenderFormat.Text, RenderFormat.Json, RenderFormat.Xml, RenderFormat.Chrome)] RenderFormat format)
    {
        string document = Documents.Strict(Documents.Render(Nested().Build(), format));
        string extension = format switch
            { RenderFormat.Text => "objwatch", RenderFormat.Json => "json", RenderFormat.Xml => "xml", _ => "trace.json" };
        string golden = Path.Combine(Folder(), "Golden", "Nested." + extension);
        if (Environment.GetEnvironmentVariable("WRITE_GOLDEN_TRACES") == "1")
            File.WriteAllText(golden, document);
        Assert.That(document, Is.EqualTo(File.ReadAllText(golden)));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    [Test]
    public void All_formats_hold_the_events_of_the_text()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Documents.Disagreeing(Nested().Build()), Is.Empty);
            Assert.That(Documents.Disagreeing(Traces.Everything().Build()), Is.Empty);
            Assert.That(Documents.TextByThread(Traces.Everything().Build()), Has.Length.EqualTo(19),
                "16 events of one thread, 3 of the other");
        });
    }

    /// <summary>Calls without an end (a killed process), ends without a run (tracing began later), calls deeper than they should be (a lost
    /// chunk), and what is suspended and resumed.</summary>
    [Test]
    public void All_formats_hold_the_events_of_the_text_whatever_is_missing()
    {
        Gen<(int Depth, int What)[][]> threads = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 7]).Array[0, 30].Array[1, 3];
        threads.Sample(
            plan =>
            {
                TraceBuilder trace = Sample.Trace();
                for (int i = 0; i < plan.Length; i++)
                    Add(trace.Thread((uint)i + 1, startTicks: (ulong)i), plan[i]);
                if (Documents.Disagreeing(trace.Build()).Any())
                    throw new InvalidOperationException(string.Join(", ", Documents.Disagreeing(trace.Build())));
            },
            iter: 300, threads: 1);

        static void Add(StreamBuilder thread, (int Depth, int What)[] events)
        {
            ulong time = 1000;
            foreach ((int depth, int what) in events)
            {
                time += 10;
                _ = what switch
                {
                    0 or 1 => thread.Run(Sample.Parse, time, 7, depth, Value.Int(depth)),
                    2 => thread.End(Sample.Parse, time, depth, Value.Null),
                    3 => thread.Update(Sample.TotalStore, 0, Value.Null, Value.Int(depth)),
                    6 => thread.Await(Sample.Parse, time, depth, 8, depth > 3 ? Value.Int(depth) : null),
                    7 => thread.Resume(Sample.Parse, time, depth, depth),
                    4 => thread.Length(Sample.ItemsLength, 7, depth, 3, Sample.ListType),
                    _ => thread.EventsLost(1),
                };
            }
        }
    }

    [Test]
    public void A_trace_without_events_is_a_whole_document()
    {
        byte[] trace = Sample.Trace().Build();
        Assert.Multiple(() =>
        {
            Assert.That(Documents.Disagreeing(trace), Is.Empty);
            Assert.That(Documents.Strict(Documents.Render(trace, RenderFormat.Text)).Split('\n')[1], Is.EqualTo("# ObjWatch Log"));
        });
    }

    [Test]
    public void Deep_recursion_without_end_is_a_whole_document()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1);
        for (int i = 0; i < 2_000; i++)
            thread.Run(Sample.Main, (ulong)i, 0, i);
        Assert.That(Documents.Disagreeing(trace.Build()), Is.Empty);
    }

    [Test]
    public void The_ends_of_more_calls_than_fit_in_memory_are_found()
    {
        using var numbers = new NumberFile(window: 8);
        for (int i = 0; i < 100; i++)
        {
            numbers.Set(i, i + 1000);
            if (i % 10 == 9)
                numbers.Set(i / 10, i);
        }

        Assert.That(Enumerable.Range(0, 101).Select(i => numbers.Get(i)),
            Is.EqualTo(Enumerable.Range(0, 101).Select(i => i < 10 ? 10 * i + 9 : i < 100 ? i + 1000 : 0)));
    }

    [Test]
    public void Instants_lie_evenly_within_their_call()
    {
        using JsonDocument document = JsonDocument.Parse(Documents.Render(Nested().Build(), RenderFormat.Chrome));
        Assert.That(document.RootElement.GetProperty("traceEvents").EnumerateArray().Where(entry => entry.TryGetProperty("ts", out _))
            .Select(entry => entry.GetProperty("ts").GetRawText()),
            Is.EqualTo(["0.100", "2.130", "2.466", "2.803", "3.140", "4.150", "4.655", "5.160", "6.190"]));
    }

    [Test]
    public void The_rank_of_a_process_stands_in_every_structured_format()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Fact("rank", "3");
        trace.Thread(1).Run(Sample.Main, 1, 0, 0).End(Sample.Main, 2, 0, Value.Void);
        byte[] bytes = trace.Build();
        Assert.Multiple(() =>
        {
            Assert.That(Documents.Strict(Documents.Render(bytes, RenderFormat.Json)), Does.Contain("\"process_id\":4711,\"rank\":3}"));
            Assert.That(Documents.Strict(Documents.Render(bytes, RenderFormat.Xml)), Does.Contain(" rank=\"3\">"));
            Assert.That(Documents.Strict(Documents.Render(bytes, RenderFormat.Chrome)),
                Does.Contain("\"pid\":3,\"tid\":1").And.Not.Contain("4711"));
        });
    }

    [Test]
    public void Options_of_the_run_hide_numbers_and_namespaces_in_every_format()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Fact("option.ModulePath", "false");
        trace.Fact("option.ObjectIds", "false");
        trace.Thread(1).Run(Sample.Increment, 1, 5, 0, Value.Object(7, Sample.CounterType))
            .Update(Sample.ValueStore, 7, Value.Int(1), Value.Int(2))
            .End(Sample.Increment, 2, 0, Value.Object(8, Sample.CounterType));
        byte[] bytes = trace.Build();
        Assert.Multiple(() =>
        {
            Assert.That(Documents.TextByThread(bytes)[0], Is.EqualTo("    5 run Counter.Increment <- 'this':Counter"));
            Assert.That(Documents.Disagreeing(bytes), Is.Empty);
        });
    }

    [Test]
    public void Text_by_thread_has_one_thread_after_the_other()
    {
        string[] lines = Documents.TextByThread(Traces.Everything().Build());
        Assert.That(lines.Select(line => line.EndsWith(" [T2]", StringComparison.Ordinal)),
            Is.EqualTo(Enumerable.Range(0, 19).Select(i => i >= 16)));
    }

    [Test]
    public void Module_and_symbol_are_the_parts_of_the_qualified_name()
    {
        (string Qualified, string Type, string Module, string Symbol)[] cases =
        [
            ("Main", "Program", "", "Main"),
            ("Program.Main", "Program", "", "Program.Main"),
            ("App.Program..ctor", "Program", "App", "Program..ctor"),
            ("App.Core.Outer.Inner.Run.<lambda>", "Outer.Inner", "App.Core", "Outer.Inner.Run.<lambda>"),
            ("Cart.Cart.Add", "Cart", "Cart", "Cart.Add"),
            ("App.Box.Nested.Get", "Box<Pair<T, U>>.Nested<V>", "App", "Box.Nested.Get"),
        ];
        Assert.Multiple(() =>
        {
            foreach ((string qualified, string type, string module, string symbol) in cases)
            {
                var method =
                    new MethodText(new MethodEntry(qualified, type, -1, 0, MethodFlags.Static, [])
                        { NamespaceLength = (ushort)module.Length }, null);
                Assert.That(Documents.Strict(method.Module), Is.EqualTo(module), qualified);
                Assert.That(Documents.Strict(method.NameInModule), Is.EqualTo(symbol), qualified);
            }
        });
    }
}
