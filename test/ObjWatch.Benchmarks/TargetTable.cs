using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Benchmarks;

/// <summary>The figures the design is held to, measured in a few minutes: for a look before a commit, not for publication.</summary>
internal static class TargetTable
{
    private static readonly (string Name, Func<IEnumerable<TargetRow>> Measure)[] _groups =
    [
        ("events", EventTargets.Measure),
        ("bytes", EventBytes.Measure),
        ("ranks", RankTargets.Measure),
        ("text", RenderTargets.Measure),
        ("follow", FollowTargets.Measure),
        ("memory", MemoryTargets.Measure),
        ("objects", ObjectTargets.Measure),
        ("weaving", WeaveTargets.Measure),
        ("off", OffTarget.Measure),
        ("build", BuildTarget.Measure),
    ];

    /// <summary>Measures and prints one line each.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="groups">Which groups of rows; all when there is none.</param>
    /// <returns>The exit code: 1 when a target is missed, 2 when there is no such group.</returns>
    public static int Print(TextWriter output, IReadOnlyCollection<string> groups)
    {
        if (groups.Except(_groups.Select(group => group.Name)).Any())
        {
            output.WriteLine("targets " + string.Join(' ', _groups.Select(group => $"[{group.Name}]")));
            return 2;
        }

        bool all = true;
        foreach ((string name, Func<IEnumerable<TargetRow>> measure) in _groups)
        {
            if (groups.Count > 0 && !groups.Contains(name))
                continue;
            foreach (TargetRow row in measure())
            {
                output.WriteLine(row);
                all &= row.IsMet;
            }
        }

        return all ? 0 : 1;
    }
}
