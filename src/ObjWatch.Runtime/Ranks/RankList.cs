using System;
using System.Collections.Generic;
using System.Globalization;

namespace ObjWatch.Ranks;

/// <summary>The ranks that record: <c>all</c>, or numbers and intervals such as <c>0,2,4-7</c>.</summary>
internal sealed class RankList
{
    /// <summary>Every rank.</summary>
    public static readonly RankList All = new("all", [(0, int.MaxValue)]);

    /// <summary>What is taken where nothing else is said: the first rank, as in the Python original.</summary>
    public static readonly RankList Default = new("0", [(0, 0)]);

    private readonly string _text;
    private readonly List<(int First, int Last)> _intervals;

    private RankList(string text, List<(int First, int Last)> intervals)
    {
        _text = text;
        _intervals = intervals;
    }

    /// <summary>The smallest rank in it.</summary>
    public int Lowest
    {
        get
        {
            int lowest = int.MaxValue;
            foreach ((int first, int _) in _intervals)
                lowest = Math.Min(lowest, first);
            return lowest;
        }
    }

    /// <summary>Reads a list.</summary>
    /// <returns>The list; null, and what is wrong with it, where it is malformed.</returns>
    public static RankList? Parse(string text, out string? problem)
    {
        problem = null;
        if (Framework.Same(text, "all"))
            return All;
        var intervals = new List<(int First, int Last)>();
        foreach (string part in text.Split(',', ';'))
        {
            if (TryParseInterval(part.Trim(), out (int First, int Last) interval))
            {
                intervals.Add(interval);
                continue;
            }

            problem = $"'{part.Trim()}' is neither a number nor an interval such as 4-7";
            return null;
        }

        return new RankList(text.Trim(), intervals);
    }

    /// <summary>Whether a rank is in it.</summary>
    public bool Contains(int rank)
    {
        foreach ((int first, int last) in _intervals)
        {
            if (first <= rank && rank <= last)
                return true;
        }

        return false;
    }

    /// <summary>As it was given.</summary>
    public override string ToString() => _text;

    private static bool TryParseInterval(string text, out (int First, int Last) interval)
    {
        interval = default;
        int dash = text.IndexOf('-');
        if (!TryParseRank(dash < 0 ? text : text.Substring(0, dash), out interval.First))
            return false;
        if (dash < 0)
        {
            interval.Last = interval.First;
            return true;
        }

        return TryParseRank(text.Substring(dash + 1), out interval.Last) && interval.First <= interval.Last;
    }

    private static bool TryParseRank(string text, out int rank) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out rank);
}
