using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Benchmarks;

/// <summary>The figures the design is held to, measured in a few minutes: for a look before a commit, not for publication.</summary>
internal static class TargetTable
{
    /// <summary>Measures and prints one line each.</summary>
    /// <returns>The exit code: 1 when a target is missed.</returns>
    public static int Print(TextWriter output)
    {
        bool all = true;
        IEnumerable<TargetRow> rows = EventTargets.Measure().Concat(WeaveTargets.Measure()).Concat(OffTarget.Measure());
        foreach (TargetRow row in rows)
        {
            output.WriteLine(row);
            all &= row.IsMet;
        }

        return all ? 0 : 1;
    }
}
