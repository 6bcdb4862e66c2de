using System;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Values;
using ObjWatch.Woven;

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

    private record struct Padded(byte Small, long Large);

    private struct PaddedPair(Padded first)
    {
        public Padded First = first;
        public object? Second;
        public bool Third;
    }

    [InlineArray(3)]
    private struct Three
    {
        private Padded _first;
    }

    private unsafe struct Fixed(byte small)
    {
        public byte Small = small;
        public fixed short Numbers[3];
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

    /// <summary>Copies of a structure may differ in the bytes between its fields.</summary>
    [Test]
    public void Only_bytes_that_belong_to_fields_make_a_change()
    {
        Assert.That(ChangingBytes<Padded>(), Is.EqualTo(new[] { 0, 8, 9, 10, 11, 12, 13, 14, 15 }));
        Assert.That(ChangingBytes<Three>(),
            Is.EqualTo(new[] { 0, 16, 32 }.SelectMany(start => new[] { 0, 8, 9, 10, 11, 12, 13, 14, 15 }.Select(i => start + i))));
        Assert.That(ChangingBytes<Fixed>(), Is.EqualTo(new[] { 0, 2, 3, 4, 5, 6, 7 }));
        Assert.That(ChangingBytes<int?>(), Is.EqualTo(new[] { 0, 4, 5, 6, 7 }));
        Assert.That(ChangingBytes<decimal>(), Has.Length.EqualTo(16));
        var pair = new PaddedPair(new Padded(1, 2)) { Second = "same" };
        PaddedPair other = pair;
        Unsafe.AddByteOffset(ref Unsafe.As<Padded, byte>(ref other.First), 3) = 1;
        Assert.That(Change.Happened(ref pair, ref other), Is.False);
        other.Third = true;
        Assert.That(Change.Happened(ref pair, ref other), Is.True);
    }

    /// <summary>The bytes of a structure by which two may differ so that it counts.</summary>
    private static int[] ChangingBytes<T>() => Enumerable.Range(0, Unsafe.SizeOf<T>()).Where(i =>
        {
            T[] both = new T[2];
            Unsafe.AddByteOffset(ref Unsafe.As<T, byte>(ref both[1]), i) = 1;
            return Change.Happened(ref both[0], ref both[1]);
        }).ToArray();

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
