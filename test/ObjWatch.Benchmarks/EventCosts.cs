using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ObjWatch.Benchmarks;

/// <summary>
/// What each kind of event costs the thread that raises it, in processor time and not in time on the clock, and how much it allocates:
/// usable on a machine that does other things too.
/// </summary>
internal static class EventCosts
{
    private const int Burst = 2_000;
    private const int Count = 301;

    /// <summary>Prints one line for each kind: nanoseconds, the ratio to its reference, bytes allocated.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filter">What the names of the kinds must contain.</param>
    public static int Print(TextWriter output, string filter = "")
    {
        using var hot = new HotCode();
        using var comparisons = new Comparisons();
        (string Name, Action<int> Action)[] kinds =
        [
            ("storing 32 bytes", comparisons.StoreBytes),
            ("two Stopwatch.GetTimestamp", count => Comparisons.TwoTimestamps(count)),
            .. hot.Kinds.Where(kind => kind.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)),
        ];
        var bytes = new double[kinds.Length];
        double[] times;
        using (hot.Trace())
        {
            times =
                Rounds.Medians(Count, Array.ConvertAll<(string, Action<int>),
                    Func<double>>(kinds, kind => () => ThreadClock.Measure(kind.Item2, Burst)));
            for (int i = 0; i < kinds.Length; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                kinds[i].Action(Burst);
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Burst;
            }
        }

        for (int i = 0; i < kinds.Length; i++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{kinds[i].Name,-44} {times[i],8:F1} ns  {times[i] / times[0],5:F1} x 32 bytes  {times[i] / times[1],5:F2} x two "
                + $"timestamps  {bytes[i],6:F1} B"));
        }

        return 0;
    }
}
