using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>
/// ObjWatch beside what its users could pick instead. Same work everywhere: <c>Add(int)</c> updates a field, appends to a list that is
/// cleared at ten, and returns: four events. Everything goes into a real file.
/// </summary>
internal static class AlternativeTable
{
    private const int Calls = 50_000;
    private const int RoundCount = 15;
    private const int EventsPerCall = 4;

    /// <summary>Prints one line for each.</summary>
    public static int Print(TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        using var hot = new HotCode();
        using var byHand = new LineLog(directory["hand.log"]);
        using var byHandInFull = new LineLog(directory["full.log"], full: true);
        using var byProxy = new LineLog(directory["proxy.log"]);
        using var byAspect = new LineLog(directory["aspect.log"]);
        using var serilog = new SerilogAdder(directory["serilog.log"]);
        AspectAdder.Log = byAspect;
        (string Name, Action<int> Work)[] all =
        [
            ("hand-written StreamWriter under a lock", new TextAdder(byHand).Work),
            ("the same with time, line and depth", new TextAdder(byHandInFull).Work),
            ("LoggerMessage + Serilog file, buffered", serilog.Work),
            ("AspectInjector + StreamWriter", new AspectAdder().Work),
            ("Castle DynamicProxy + StreamWriter", ProxyAdder.Create(byProxy).Work),
            ("empty probes", new EmptyProbesAdder().Work),
            ("ObjWatch, binary trace", hot.Add),
        ];
        double[] processor;
        double[] clock;
        var bytes = new double[all.Length];
        using (hot.Trace())
        {
            processor =
                Rounds.Medians(RoundCount, Array.ConvertAll<(string, Action<int>),
                    Func<double>>(all, one => () => ThreadClock.Measure(one.Item2, Calls)));
            clock = Rounds.Medians(RoundCount, Array.ConvertAll<(string, Action<int>), Func<double>>(all, one => () => Clock(one.Item2)));
            for (int i = 0; i < all.Length; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                all[i].Work(Calls);
                bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
            }
        }

        output.WriteLine("one event of Add(int), in nanoseconds        processor   clock   of hand-written   bytes allocated");
        for (int i = 0; i < all.Length; i++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{all[i].Name,-42} {processor[i] / EventsPerCall,11:F1} {clock[i] / EventsPerCall,7:F1} "
                + $"{processor[i] / processor[0],17:F2} {bytes[i] / EventsPerCall,17:F1}"));
        }

        return 0;
    }

    private static double Clock(Action<int> work)
    {
        long start = Stopwatch.GetTimestamp();
        work(Calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Calls;
    }
}
