using System;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using ObjWatch.Weaver.Emitting.Probes;

namespace ObjWatch.Weaver.Tests.Emitting;

/// <summary>The list of probes is whole, and its order is what it says.</summary>
public sealed class ProbeListTests
{
    [Test]
    public void Every_kind_of_probe_is_in_the_list_once()
    {
        ProbeKind[] kinds = [.. typeof(InstructionProbe).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(InstructionProbe)))
            .Select(type => (ProbeKind)type.GetProperty("Kind", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!)];
        Assert.That(kinds, Has.Length.GreaterThan(8));
        Assert.That(ProbeList.InOrder, Is.EquivalentTo(kinds));
        Assert.That(ProbeList.InOrder.Select(kind => kind.Name), Is.Unique);
    }

    /// <summary>What one statement has changed is told in this order: of the method, of the object, of all.</summary>
    [Test]
    public void Looks_at_the_end_of_a_statement_come_in_the_order_of_the_list()
    {
        const string Source = """
            using System.Collections.Generic;
            public class Subject
            {
                private List<int> _items = new();
                private static List<int> _all = new();
                private int _slot;
                public ref int Slot() => ref _slot;
                public void Change()
                {
                    var list = new List<int>();
                    int number = 1;
                    ref int alias = ref number;
                    _all.Add(alias = list.Count);
                }
            }
            """;
        using var bench = new ProbeBench(Source, optimize: false);
        string[] written = bench.Copy("Change", [.. ProbeList.InOrder]);
        string[] last = written[(Array.LastIndexOf(written, "Add") + 1)..];
        Assert.That(last.Where(line => line.StartsWith("Probe.", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "Probe.Update number", "Probe.Length _items", "Probe.CollectionLength list", "Probe.CollectionLength _all",
            "Probe.Reread _slot",
        }));
    }
}
