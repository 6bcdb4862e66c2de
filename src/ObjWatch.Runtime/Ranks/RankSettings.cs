using System;
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

    /// <summary>Puts the sources of options together. What is malformed is told, and the default taken instead.</summary>
    /// <param name="options">What the program asks for.</param>
    /// <param name="lookup">What is said elsewhere about an option, by its name.</param>
    public static RankSettings Resolve(TracerOptions? options, Func<string, string?> lookup)
    {
        string? text = options?.Ranks ?? lookup("Ranks");
        string? problem = null;
        RankList? ranks = string.IsNullOrWhiteSpace(text) ? RankList.Default : RankList.Parse(text!, out problem);
        if (problem != null)
        {
            StandardError.Say(
                $"warning OBJW1140: the list of ranks '{text}' is malformed, rank {RankList.Default} is taken: {problem}; write all, or for example 0,2,4-7");
        }

        string? framework = options?.Framework ?? lookup("Framework");
        return new RankSettings(
            ranks ?? RankList.Default, string.IsNullOrWhiteSpace(framework) ? ObjWatch.Ranks.Framework.Auto : framework!.Trim(), options?.RankProvider);
    }
}
