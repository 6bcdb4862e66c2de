using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary>The trace of one process of several, and what it says of its place among them.</summary>
internal sealed class RankTrace
{
    /// <param name="path">The file.</param>
    /// <param name="reader">The trace.</param>
    public RankTrace(string path, TraceReader reader)
    {
        Path = path;
        Reader = reader;
        Rank = int.TryParse(Fact("rank"), NumberStyles.None, CultureInfo.InvariantCulture, out int rank) ? rank : null;
        Clock = Fact("clock") ?? "";
        string[] barrier = Fact("clock.barrier")?.Split(' ') ?? [];
        if (barrier.Length >= 2
            && ulong.TryParse(barrier[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong entered)
            && ulong.TryParse(barrier[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong left)
            && entered <= left)
        {
            Barrier = (entered, left);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The trace.</summary>
    public TraceReader Reader { get; }

    /// <summary>The rank; null where the trace does not say it.</summary>
    public int? Rank { get; }

    /// <summary>Names the clock of its times; empty: a clock of its own.</summary>
    public string Clock { get; }

    /// <summary>When it entered and left the start barrier, by its clock; null where it passed none.</summary>
    public (ulong Entered, ulong Left)? Barrier { get; }

    /// <summary>How long it was in the barrier, in seconds.</summary>
    public double BarrierSeconds =>
        Barrier is { } barrier ? (barrier.Left - barrier.Entered) / (double)Reader.Header.Frequency : double.PositiveInfinity;

    /// <summary>The first fact of that name.</summary>
    private string? Fact(string key) =>
        Reader.Definitions.Facts.Where(fact => fact.Key == key).Select(fact => (string?)fact.Value).FirstOrDefault();
}
