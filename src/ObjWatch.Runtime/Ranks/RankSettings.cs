using ObjWatch.Diagnostics;

namespace ObjWatch.Ranks;

/// <summary>What was asked for about ranks.</summary>
internal sealed class RankSettings
{
    private RankSettings(RankList ranks, string framework, IRankProvider? provider)
    {
        Ranks = ranks;
        Framework = framework;
        Provider = provider;
    }

    /// <summary>The ranks that record.</summary>
    public RankList Ranks { get; }

    /// <summary>Who tells the rank: a name that may or may not be known (yet).</summary>
    public string Framework { get; }

    /// <summary>Who tells the rank, where the program has said so itself.</summary>
    public IRankProvider? Provider { get; }

    /// <summary>Reads what was asked for. What is malformed is told, and the default taken instead.</summary>
    /// <param name="ranks">The ranks that record; null or empty: the default.</param>
    /// <param name="framework">Who tells the rank; null or empty: the default.</param>
    /// <param name="provider">Who tells it instead; null: nobody.</param>
    public static RankSettings Resolve(string? ranks, string? framework, IRankProvider? provider)
    {
        string? problem = null;
        RankList? list = string.IsNullOrWhiteSpace(ranks) ? RankList.Default : RankList.Parse(ranks!, out problem);
        if (problem != null)
        {
            StandardError.SayOnce(
                $"warning OBJW1140: the list of ranks '{ranks}' is malformed, rank {RankList.Default} is taken: {problem}; "
                + "write all, or for example 0,2,4-7");
        }

        string name = string.IsNullOrWhiteSpace(framework) ? ObjWatch.Ranks.Framework.Auto : framework!.Trim();
        return new RankSettings(list ?? RankList.Default, name, provider);
    }
}
