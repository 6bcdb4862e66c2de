using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing.Formats;

namespace ObjWatch.Parity.Tests;

/// <summary>The events themselves: tests/test_base.py (TestTracer, TestWatch), test_output_json.py, and the README's example.</summary>
public sealed class EventTests : ParityFixture
{
    /// <summary>The class of test_output_json.py: attributes, a list, a dictionary, a set.</summary>
    private const string Outer = """
        new App.TestClass().OuterFunction();

        namespace App
        {
            public class TestClass
            {
                private int a;
                private List<int> b;
                private Dictionary<string, string> c;
                private HashSet<int> d;

                public int OuterFunction()
                {
                    a = 10;
                    b = new List<int> { 1, 2, 3 };
                    b.Add(4);
                    b.Remove(2);
                    b[0] = 100;
                    c = new Dictionary<string, string> { ["key1"] = "value1" };
                    c["key2"] = "value2";
                    c["key1"] = "updated";
                    c.Remove("key2");
                    d = new HashSet<int> { 1, 2, 3 };
                    d.Add(4);
                    d.Remove(2);
                    d.UnionWith(new[] { 5, 6 });
                    d.Remove(1);
                    a = 20;
                    a = InnerFunction(b);
                    return a;
                }

                private int InnerFunction(List<int> lst)
                {
                    int sum = 10;
                    List<int> local = new List<int> { 1, 2 };
                    local.Add(3);
                    sum = sum + lst.Count;
                    return sum;
                }
            }
        }
        """;

    private static readonly string[] _outer =
    [
        "run App.TestClass.OuterFunction <- 'this':TestClass#1",
        "  upd TestClass.a 0 -> 10 #1",
        "  upd TestClass.b null -> (List<int>)[1, 2, 3] #1",
        "  apd TestClass.b (List<int>)(len)3 -> 4 #1",
        "  pop TestClass.b (List<int>)(len)4 -> 3 #1",
        "  upd TestClass.c null -> (Dictionary<string, string>)[\"key1\": \"value1\"] #1",
        "  apd TestClass.c (Dictionary<string, string>)(len)1 -> 2 #1",
        "  pop TestClass.c (Dictionary<string, string>)(len)2 -> 1 #1",
        "  upd TestClass.d null -> (HashSet<int>)[1, 2, 3] #1",
        "  apd TestClass.d (HashSet<int>)(len)3 -> 4 #1",
        "  pop TestClass.d (HashSet<int>)(len)4 -> 3 #1",
        "  apd TestClass.d (HashSet<int>)(len)3 -> 5 #1",
        "  pop TestClass.d (HashSet<int>)(len)5 -> 4 #1",
        "  upd TestClass.a 10 -> 20 #1",
        "  run App.TestClass.InnerFunction <- 'this':TestClass#1, 'lst':(List<int>)[100, 3, 4]",
        "  end App.TestClass.InnerFunction -> 13",
        "  upd TestClass.a 20 -> 13 #1",
        "end App.TestClass.OuterFunction -> 13",
    ];

    [Test]
    public void Attributes_lists_dictionaries_and_sets() => Assert.That(Trace(Outer, "App:TestClass"), Is.SupersetOf(_outer));

    /// <summary>with_locals.</summary>
    [Test]
    public void Locals() =>
        Assert.That(Trace(Outer, "App:TestClass", locals: true),
            Has.Some.EqualTo("    upd _.sum 0 -> 10").And.Some.EqualTo("    upd _.local null -> (List<int>)[1, 2]").And.Some.EqualTo(
                "    apd _.local (List<int>)(len)2 -> 3")
        .And.Some.EqualTo("    upd _.sum 10 -> 13"));

    /// <summary>with_globals.</summary>
    [Test]
    public void Globals()
    {
        const string Source = """
            App.Program.Count();

            namespace App
            {
                public static class Program
                {
                    private static int total = 1;
                    private static readonly List<int> items = new();

                    public static void Count()
                    {
                        total = total + 1;
                        items.Add(total);
                    }
                }
            }
            """;
        Assert.That(Trace(Source, "App"), Has.Some.EqualTo("  upd @.Program.total 1 -> 2"));
        Assert.That(Trace(Source, "App", statics: false), Has.None.Contains("@."));
    }

    /// <summary>test_output_json.py: the same events, in the same schema.</summary>
    [Test]
    public void Json_holds_the_same_events()
    {
        Run(Outer, "App", environment: ("OBJWATCH_OUTPUT", "App.json"));
        var lines = new List<string>();
        using FileStream json = File.OpenRead(PathOf("App.json"));
        JsonTrace.Read(json, line => lines.Add(line[6..]));
        Assert.That(lines, Is.SupersetOf(_outer));
    }

    /// <summary>simple=False.</summary>
    [Test]
    public void Detailed_lines_have_time_and_level_in_front() =>
        Assert.That(Trace(Outer, "App", environment: ("OBJWATCH_SIMPLE", "false")),
            Has.All.Matches(@"\d\d:\d\d:\d\d.* \[DEBUG\] objwatch: "));

    /// <summary>TestLoggerForce: level="force" prints at once.</summary>
    [Test]
    public void Force_prints_each_line()
    {
        string[] events = Trace(Outer, "App", environment: ("OBJWATCH_LEVEL", "force"));
        foreach (string line in events)
            Assert.That(Errors, Does.Contain(line + "\n"));
    }
}
