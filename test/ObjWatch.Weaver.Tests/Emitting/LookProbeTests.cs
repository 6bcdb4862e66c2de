using NUnit.Framework;
using ObjWatch.Weaver.Emitting.Probes;

namespace ObjWatch.Weaver.Tests.Emitting;

/// <summary>What each kind of probe for changes without a store instruction writes, alone, into the copy of a small method.</summary>
public sealed class LookProbeTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading;
        public class Subject
        {
            private int _count;
            private int _slot;
            private List<int> _items = new();
            private static List<int> _all = new();
            public void Increment() => Interlocked.Increment(ref _count);
            public void Kept()
            {
                int number = 1;
                ref int alias = ref number;
                alias = 2;
            }
            public void Caught()
            {
                try { Interlocked.Increment(ref _count); }
                catch (System.Exception) { }
            }
            public void Add(int n)
            {
                _items.Add(n);
                _count = n;
            }
            public void AddToAll(int n) => _all.Add(n);
            public void Locally(int n)
            {
                var list = new List<int>();
                list.Add(n);
            }
            public ref int Slot() => ref _slot;
            public void Call()
            {
                Slot();
                _count = 1;
            }
        }
        """;

    [Test]
    public void Address_is_read_right_before_it_is_used_and_right_behind([Values] bool optimize) => AssertCopy(
        "Increment", AddressProbe.Kind, optimize, "ldflda _count", "ldfld _count", "Increment", "ldfld _count", "Probe.Update _count");

    [Test]
    public void Address_in_a_try_block_is_read_in_its_handler_too() => AssertCopy(
        "Caught", AddressProbe.Kind, optimize: false,
        "ldflda _count", "ldfld _count", "Increment", "ldfld _count", "Probe.Update _count", "Probe.Caught", "ldfld _count",
        "Probe.Update _count");

    [Test]
    public void Local_whose_address_is_kept_is_looked_at_behind_the_statement_that_stores_through_it() =>
        AssertCopy("Kept", AddressProbe.Kind, optimize: false, "Probe.Update number");

    [Test]
    public void Collections_are_looked_at_at_the_start_and_behind_a_statement_that_calls([Values] bool optimize) => AssertCopy(
        "Add", CollectionProbe.Kind, optimize,
        "Probe.StateOf", "ldfld _items", "Probe.Length _items", "ldfld _items", "Add", "ldfld _items", "Probe.Length _items",
        "stfld _count");

    [Test]
    public void Static_collection_is_looked_at_when_it_is_loaded_and_behind_the_statement([Values] bool optimize) => AssertCopy(
        "AddToAll", StaticCollectionProbe.Kind, optimize, "ldsfld _all", "Probe.CollectionLength _all", "Add",
        "Probe.CollectionLength _all");

    [Test]
    public void Local_collection_is_looked_at_behind_statements_that_call() => AssertCopy(
        "Locally", LocalCollectionProbe.Kind, optimize: false, ".ctor", "Probe.CollectionLength list", "Add",
        "Probe.CollectionLength list");

    /// <summary>Whoever has the address that a method has given away may store at any time.</summary>
    [Test]
    public void Field_whose_address_is_given_away_is_read_at_the_start_and_behind_statements_that_may_store() => AssertCopy(
        "Call", RereadProbe.Kind, optimize: false,
        "ldfld _slot", "Probe.Reread _slot", "Slot", "ldfld _slot", "Probe.Reread _slot", "stfld _count", "ldfld _slot",
        "Probe.Reread _slot");

    private static void AssertCopy(string method, ProbeKind kind, bool optimize, params string[] expected)
    {
        using var bench = new ProbeBench(Source, optimize);
        Assert.That(bench.Copy(method, kind), Is.EqualTo(expected));
    }
}
