using System;
using System.Collections.Generic;
using System.Linq;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>Makes a list of numbers that fails smaller, as long as it still fails.</summary>
internal static class Shrinking
{
    /// <summary>Leaves out parts of the list, large ones first, then makes single numbers zero.</summary>
    /// <param name="numbers">A list that fails.</param>
    /// <param name="fails">Whether another one does.</param>
    /// <param name="attempts">How often to ask.</param>
    public static IReadOnlyList<int> Smallest(IReadOnlyList<int> numbers, Func<IReadOnlyList<int>, bool> fails, int attempts)
    {
        for (int part = numbers.Count / 2; part > 0 && attempts > 0; part /= 2)
        {
            for (int start = numbers.Count - part; start >= 0 && attempts-- > 0; start -= part)
            {
                List<int> rest = numbers.Take(start).Concat(numbers.Skip(start + part)).ToList();
                if (rest.Count < numbers.Count && fails(rest))
                {
                    numbers = rest;
                    start = Math.Min(start, numbers.Count);
                }
            }
        }

        for (int i = 0; i < numbers.Count && attempts > 0; i++)
        {
            List<int> simpler = numbers.ToList();
            simpler[i] = 0;
            if (numbers[i] != 0 && attempts-- > 0 && fails(simpler))
                numbers = simpler;
        }

        return numbers;
    }
}
