using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ObjWatch.Recording;

namespace ObjWatch.Benchmarks;

/// <summary>
/// What the filter of ranks costs once the rank is known: events of a rank that records beside events without any rank, and calls in a
/// process whose rank does not record beside calls while nothing is traced. The rank becomes known while the session runs, which is the
/// harder case.
/// </summary>
internal static class RankTargets
{
    private const int Sessions = 15;
    private const int Bursts = 51;
    private const int Burst = 2_000;
    // A call without an event is short beside a look at the clock.
    private const int BurstOfCalls = 50_000;
    private const double NothingMeasurable = 1.05;

    /// <summary>Measures sessions in turn, in processor time.</summary>
    public static IEnumerable<TargetRow> Measure()
    {
        using var hot = new HotCode();
        Action<int> call = count => hot.Call(count);
        double[] stores = InSessions(() => Events(hot, hot.Store, ranked: true), () => Events(hot, hot.Store, ranked: false));
        double[] pairs = InSessions(() => Events(hot, call, ranked: true), () => Events(hot, call, ranked: false));
        double[] calls = InSessions(() => NotListed(hot, call), () => InBursts(call, BurstOfCalls));
        return
        [
            new TargetRow("upd of an int field, rank listed", stores[0], "the same without a rank", stores[1], "ns", NothingMeasurable),
            new TargetRow("run and end, rank listed", pairs[0], "the same without a rank", pairs[1], "ns", NothingMeasurable),
            new TargetRow("call, rank not listed", calls[0], "the same, tracing off", calls[1], "ns", NothingMeasurable),
        ];
    }

    /// <summary>What an event costs in a session of its own.</summary>
    private static double[] Events(HotCode hot, Action<int> action, bool ranked)
    {
        bool known = false;
        var options = new TracerOptions { Output = hot.TracePath, Framework = "none" };
        if (ranked)
            options = new TracerOptions { Output = hot.TracePath, Ranks = "3", RankProvider = Provider(() => Volatile.Read(ref known)) };
        using (Tracer.Start(options))
        {
            action(Burst);
            Volatile.Write(ref known, true);
            action(Burst);
            return InBursts(action, Burst);
        }
    }

    /// <summary>The lower quartile of all bursts of each kind of session. Both kinds do the same, or nearly, and what disturbs one makes it
    /// longer, by half and for a whole session; a median then tells to which kind that happened more often. The least is too short: the
    /// clock of processor time errs, too.</summary>
    private static double[] InSessions(params Func<double[]>[] sessions) => Array.ConvertAll(Rounds.InTurn(Sessions, sessions), bursts =>
    {
        double[] ordered = [.. bursts.SelectMany(times => times).Order()];
        return ordered[ordered.Length / 4];
    });

    private static double[] InBursts(Action<int> action, int burst) => Rounds.InTurn(Bursts, () => ThreadClock.Measure(action, burst))[0];

    /// <summary>What a call costs when the rank has turned out not to be listed.</summary>
    private static double[] NotListed(HotCode hot, Action<int> call)
    {
        bool known = false;
        using (
            Tracer.Start(new TracerOptions
                { Output = hot.TracePath, Ranks = "0", RankProvider = Provider(() => Volatile.Read(ref known)) }))
        {
            call(Burst);
            Volatile.Write(ref known, true);
            call(Burst);
            // What the filter ends, ends on a thread of its own; who stops the session then waits for that thread. While it still closes
            // the trace, it shares the core's caches, and perhaps the core, with what is measured.
            SpinWait.SpinUntil(() => TracedProcess.This.Current is null or { Ended: true });
            Tracer.Stop();
            return InBursts(call, BurstOfCalls);
        }
    }

    private static DelegateRankProvider Provider(Func<bool> isKnown) => new("benchmark", isKnown, () => 3, () => 4);
}
