using NUnit.Framework;

namespace ObjWatch.Parity.Tests;

/// <summary>Wrappers: tests/test_base.py (TestBaseWrapper, TestCustomWrapper, TestUnsupportWrapper). The tensor wrappers are tested in
/// ObjWatch.TorchSharp.Tests.</summary>
public sealed class WrapperTests : ParityFixture
{
    private const string Source = """
        App.Calls.Run();

        namespace App
        {
            public static class Calls
            {
                public static void Run()
                {
                    Add(10, 20);
                    Nothing();
                    List(new List<int> { 1, 2, 3, 4, 5 });
                    Pairs(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 });
                    Pairs(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 3, ["d"] = 4 });
                    Set(new HashSet<int> { 1, 2 });
                    List(new List<int>());
                    Objects(new Dictionary<object, int> { [new Key()] = 1 });
                }

                private static int Add(int x, int y) { return x + y; }
                private static void Nothing() { System.GC.KeepAlive(null); }
                private static List<int> List(List<int> items) { return items; }
                private static void Pairs(Dictionary<string, int> items) { System.GC.KeepAlive(items); }
                private static void Set(HashSet<int> items) { System.GC.KeepAlive(items); }
                private static void Objects(Dictionary<object, int> items) { System.GC.KeepAlive(items); }
            }

            public class Key { }
        }
        """;

    /// <summary>test_wrap_call_with_simple_args to test_wrap_call_with_dict_non_element_keys.</summary>
    [Test]
    public void Arguments_and_results_as_the_base_wrapper_shows_them()
    {
        string[] events = Trace(Source, "App:Calls", "App:Calls.Run()");
        Assert.That(events, Is.EqualTo(new[]
        {
            "run App.Calls.Add <- 'x':10, 'y':20",
            "end App.Calls.Add -> 30",
            "run App.Calls.Nothing <- ",
            "end App.Calls.Nothing -> void",
            "run App.Calls.List <- 'items':(List<int>)[1, 2, 3, '... (2 more elements)']",
            "end App.Calls.List -> (List<int>)[1, 2, 3, '... (2 more elements)']",
            "run App.Calls.Pairs <- 'items':(Dictionary<string, int>)[\"a\": 1, \"b\": 2]",
            "end App.Calls.Pairs -> void",
            "run App.Calls.Pairs <- 'items':(Dictionary<string, int>)[\"a\": 1, \"b\": 2, \"c\": 3, '... (1 more elements)']",
            "end App.Calls.Pairs -> void",
            "run App.Calls.Set <- 'items':(HashSet<int>)[1, 2]",
            "end App.Calls.Set -> void",
            "run App.Calls.List <- 'items':(List<int>)[]",
            "end App.Calls.List -> (List<int>)[]",
            "run App.Calls.Objects <- 'items':(Dictionary<object, int>)[Key#1: 1]",
            "end App.Calls.Objects -> void",
        }));
    }

    /// <summary>test_custom_wrapper_call_and_return, and WrapUpdate.</summary>
    [Test]
    public void A_wrapper_of_ones_own()
    {
        const string Own = """
            new App.Cart().Add(7);

            namespace App
            {
                public class Cart
                {
                    private int sum;
                    public int Add(int n) { sum = n; return n; }
                }

                public class Custom : ObjWatch.FunctionWrapper
                {
                    public override string WrapCall(string method, IReadOnlyList<KeyValuePair<string, object>> arguments)
                    {
                        return "CustomWrapper called " + method;
                    }
                    public override string WrapReturn(string method, object result) { return "CustomWrapper returned " + result; }
                    public override (string Old, string New) WrapUpdate(object oldValue, object newValue)
                    {
                        return ("was " + oldValue, "is " + newValue);
                    }
                }
            }
            """;
        Assert.That(Trace(Own, "App:Cart.Add();App:Cart.sum", environment: ("OBJWATCH_WRAPPER", "App.Custom, App")), Is.EqualTo(new[]
        {
            "run App.Cart.Add <- CustomWrapper called App.Cart.Add",
            "  upd Cart.sum was 0 -> is 7 #1",
            "end App.Cart.Add -> CustomWrapper returned 7",
        }));
    }

    /// <summary>test_unsupport_wrapper: the original raises an error; here the program runs, and is told.</summary>
    [Test]
    public void A_type_that_is_no_wrapper_is_an_error_that_says_so()
    {
        string[] events = Trace(Source, "App:Calls", environment: ("OBJWATCH_WRAPPER", "App.Key, App"));
        Assert.That(ExitCode, Is.Zero);
        Assert.That(Errors, Does.Contain("error OBJW1113: the wrapper 'App.Key, App' is of no use"));
        Assert.That(events, Is.Not.Empty);
    }
}
