using System.Linq;
using NUnit.Framework;
using ObjWatch.Ranks;

namespace ObjWatch.Runtime.Tests;

/// <summary>Lists of ranks as users write them.</summary>
public sealed class RankListTests
{
    [TestCase("0", new[] { 0 })]
    [TestCase("0,2,4-7", new[] { 0, 2, 4, 5, 6, 7 })]
    [TestCase(" 3 ; 1 - 2 ", new[] { 1, 2, 3 })]
    [TestCase("5,5", new[] { 5 })]
    [TestCase("all", new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [TestCase("ALL", new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [TestCase("2147483647", new int[0])]
    public void A_list_contains_its_numbers_and_intervals(string text, int[] expected)
    {
        RankList? list = RankList.Parse(text, out string? problem);

        Assert.That(problem, Is.Null);
        Assert.That(Enumerable.Range(0, 10).Where(list!.Contains), Is.EqualTo(expected));
    }

    [TestCase("one", "one")]
    [TestCase("0,", "")]
    [TestCase("1,-2", "-2")]
    [TestCase("7-4", "7-4")]
    [TestCase("1-2-3", "1-2-3")]
    [TestCase("0x1", "0x1")]
    [TestCase("2147483648", "2147483648")]
    [TestCase("all,1", "all")]
    public void A_malformed_list_is_refused_with_the_part_that_is_wrong(string text, string part)
    {
        Assert.That(RankList.Parse(text, out string? problem), Is.Null);
        Assert.That(problem, Does.StartWith($"'{part}' "));
    }
}
