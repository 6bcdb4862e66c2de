using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;

namespace Drivers.CsCheck;

/// <summary>Properties that hold and that fail, with fixed seeds, on one thread.</summary>
internal static class Checking
{
    private const string Seed = "0N0XIzNsQ0O2";

    public static void Run(TextWriter output)
    {
        Try(output, "holds", () => Gen.Int[0, 1000].Array[0, 20].Sample(numbers => numbers.Order().SequenceEqual(numbers.OrderDescending().Reverse()), iter: 200, threads: 1, seed: Seed));
        Try(output, "fails", () => Gen.Int[0, 1000].Sample(number => number < 5000, iter: 200, threads: 1, seed: Seed));
        Try(output, "throws", () => Gen.Int[0, 1000].Array[0, 30].Sample(numbers => { if (numbers.Sum() > 1_000_000) throw new InvalidOperationException("sum"); }, iter: 200, threads: 1, seed: Seed));
        Try(output, "pairs", () => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Sample((left, right) => left + right == right + left, iter: 200, threads: 1, seed: Seed));
        Try(output, "model", () => Gen.Int[0, 5].Array[0, 10].Select(initial => (new List<int>(initial), new List<int>(initial))).SampleModelBased(
            Gen.Int[0, 9].Operation<List<int>, List<int>>((actual, number) => actual.Add(number), (model, number) => model.Add(number)),
            Gen.Operation<List<int>, List<int>>(actual => { if (actual.Count > 0) actual.RemoveAt(0); }, model => { if (model.Count > 0) model.RemoveAt(0); }),
            iter: 100, threads: 1, seed: Seed));
        Try(output, "metamorphic", () => Gen.Int[0, 9].List[0, 10].SampleMetamorphic(
            Gen.Int[0, 9].Metamorphic<List<int>>((list, number) => { list.Add(number); list.Sort(); }, (list, number) => { list.Sort(); list.Add(number); list.Sort(); }),
            iter: 100, threads: 1, seed: Seed));
        Try(output, "equality", () => Check.Equality(Gen.Select(Gen.Int[0, 9], Gen.String[0, 3], (number, text) => (number, text)), iter: 100, threads: 1, seed: Seed));
        Try(output, "chi squared", () => Check.ChiSquared([10, 10, 10], [9, 11, 10]));
        Try(output, "chi squared fails", () => Check.ChiSquared([100, 100], [1, 199]));
    }

    private static void Try(TextWriter output, string name, Action check)
    {
        try
        {
            check();
            output.WriteLine(name + ": holds");
        }
        catch (Exception exception)
        {
            output.WriteLine($"{name}: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
