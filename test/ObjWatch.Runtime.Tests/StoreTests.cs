using System;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Recording;

namespace ObjWatch.Runtime.Tests;

/// <summary>upd: what counts as a change, and where it is reported.</summary>
[NonParallelizable]
public sealed class StoreTests
{
    private struct Pair
    {
        public object? Left;
        public int Right;
    }

    private readonly struct Odd : IEquatable<Odd>
    {
        private readonly int _number;

        public Odd(int number)
        {
            _number = number;
        }

        public bool Equals(Odd other) => throw new InvalidOperationException($"user code was run on {_number}");

        public override bool Equals(object? other) => throw new InvalidOperationException("user code was run");

        public override int GetHashCode() => throw new InvalidOperationException("user code was run");

        public override string ToString() => throw new InvalidOperationException("user code was run");
    }

    [Test]
    public void Storing_the_same_bits_is_no_change()
    {
        var same = new object();
        Assert.That(Stores(recorder =>
        {
            Probe.Update(recorder, WovenSites.Total, null, 5, 5);
            Probe.Update(recorder, WovenSites.Total, null, double.NaN, double.NaN);
            Probe.Update(recorder, WovenSites.Total, null, 5m, 5m);
            Probe.Update(recorder, WovenSites.Total, null, new Pair { Left = same, Right = 1 }, new Pair { Left = same, Right = 1 });
            Probe.Update(recorder, WovenSites.Total, null, new Odd(1), new Odd(1));
            Probe.UpdateReference(recorder, WovenSites.Total, null, same, same);
        }), Is.Empty);
    }

    [Test]
    public void Other_bits_are_a_change_even_where_the_values_are_equal()
    {
        Assert.That(Stores(recorder =>
        {
            Probe.Update(recorder, WovenSites.Total, null, 0.0, -0.0);
            Probe.Update(recorder, WovenSites.Total, null, 1.0m, 1.00m);
            Probe.Update(recorder, WovenSites.Total, null, true, false);
            Probe.Update(recorder, WovenSites.Total, null, new Odd(1), new Odd(2));
        }), Is.EqualTo(new[]
        {
            "   22 upd @.Program.Total 0 -> -0",
            "   22 upd @.Program.Total 1.0 -> 1.00",
            "   22 upd @.Program.Total true -> false",
            "   22 upd @.Program.Total StoreTests.Odd { _number = 1 } -> StoreTests.Odd { _number = 2 }",
        }));
    }

    [Test]
    public void Equal_strings_are_no_change_and_other_references_are()
    {
        string text = new('a', 2);
        Assert.That(Stores(recorder =>
        {
            Probe.UpdateReference(recorder, WovenSites.Total, null, text, new string('a', 2));
            Probe.UpdateReference(recorder, WovenSites.Total, null, text, null);
            Probe.UpdateReference(recorder, WovenSites.Total, null, null, text);
        }), Is.EqualTo(new[] { "   22 upd @.Program.Total \"aa\" -> null", "   22 upd @.Program.Total null -> \"aa\"" }));
    }

    [Test]
    public void An_auto_property_is_stored_at_its_callers_line()
    {
        using var recording = new Recording();
        var counter = new Counter();
        counter.Next(0, () => counter.Size = 3);
        counter.Size = 4;

        string[] lines = recording.Stop().Where(line => line.Contains("Size")).ToArray();
        Assert.That(lines[0], Does.StartWith("   13   upd Counter.Size 0 -> 3 #"));
        Assert.That(lines[1], Does.StartWith("   14 upd Counter.Size 3 -> 4 #"));
    }

    [Test]
    public void A_store_that_finds_no_change_in_a_structure_survives_collections()
    {
        var left = new object();
        Assert.That(Stores(recorder =>
        {
            for (int i = 0; i < 1000; i++)
            {
                _ = new byte[100_000];
                Probe.Update(recorder, WovenSites.Total, null, new Pair { Left = left, Right = i }, new Pair { Left = left, Right = i });
            }
        }), Is.Empty);
    }

    private static string[] Stores(Action<ThreadRecorder> store)
    {
        using var recording = new Recording();
        store(Probe.Attach()!);
        return recording.Stop();
    }
}
