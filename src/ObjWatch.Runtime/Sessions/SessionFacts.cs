using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using ObjWatch.Configuration;
using ObjWatch.Hosting;
using ObjWatch.Ranks;
using ObjWatch.Recording.Chunks;

namespace ObjWatch.Sessions;

/// <summary>What a trace says of the run that it comes from.</summary>
internal static class SessionFacts
{
    /// <summary>Writes what is known when a session begins.</summary>
    /// <param name="definitions">Where to.</param>
    /// <param name="settings">How the session runs.</param>
    /// <param name="ofBuild">What the build decided, by option name.</param>
    /// <param name="rank">Which process this is, if that is known.</param>
    public static void Write(
        DefinitionStream definitions, Settings settings, IReadOnlyDictionary<string, string> ofBuild, KnownRank? rank)
    {
        definitions.WriteFact("objwatch", typeof(SessionFacts).Assembly.GetName().Version?.ToString(3) ?? "");
        definitions.WriteFact("process", TracedProgram.Name);
        definitions.WriteFact("runtime", RuntimeInformation.FrameworkDescription);
        definitions.WriteFact("system", RuntimeInformation.OSDescription);
        definitions.WriteFact("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        foreach (KeyValuePair<string, string> option in ofBuild)
        {
            if (option.Key.StartsWith("weave.", StringComparison.Ordinal))
                definitions.WriteFact(option.Key, option.Value);
        }

        foreach (KeyValuePair<string, string> option in settings.Facts)
            definitions.WriteFact("option." + option.Key, option.Value);
        definitions.WriteFact("machine", Machine.Name);
        definitions.WriteFact("clock", Machine.Clock);
        foreach ((string key, string value) in OfRank(rank))
            definitions.WriteFact(key, value);
    }

    /// <summary>What there is to say of the rank, once it is known.</summary>
    public static IEnumerable<(string Key, string Value)> OfRank(KnownRank? rank)
    {
        if (rank is not { } known)
            yield break;
        yield return ("rank", known.Info.Rank.ToString(CultureInfo.InvariantCulture));
        yield return ("ranks", known.Info.Size.ToString(CultureInfo.InvariantCulture));
        yield return ("rank.source", known.Source);
    }
}
