using System.Threading;
using ObjWatch.Ranks;
using ObjWatch.Recording.Chunks;
using ObjWatch.Recording.Sites;
using ObjWatch.Recording.Streams;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>What a session is to the threads that record in it: a trace, its streams, and what is wanted of each site.</summary>
internal sealed class ActiveRecording
{
    private long _lostEvents;
    private volatile bool _on;
    private volatile bool _ended;

    /// <param name="ordinal">Tells it from the process's others.</param>
    /// <param name="trace">The trace.</param>
    /// <param name="isRing">Whether the trace keeps only its last events.</param>
    /// <param name="dropsWhenFull">Whether threads drop events rather than wait for the disk.</param>
    /// <param name="policy">What is wanted of each site.</param>
    /// <param name="rules">What is captured of values.</param>
    /// <param name="ranks">Which process of a distributed program this is.</param>
    public ActiveRecording(
        int ordinal, TraceWriter trace, bool isRing, bool dropsWhenFull, SitePolicy policy, CaptureRules rules, RankWatch ranks)
    {
        Ordinal = ordinal;
        Trace = trace;
        DropsWhenFull = dropsWhenFull;
        Policy = policy;
        Rules = rules;
        Ranks = ranks;
        Definitions = new DefinitionStream(trace);
        Threads = new SessionThreads(Definitions, tellsEnds: !isRing);
    }

    /// <summary>Tells it from the process's others.</summary>
    public int Ordinal { get; }

    /// <summary>The trace.</summary>
    public TraceWriter Trace { get; }

    /// <summary>The trace's definitions.</summary>
    public DefinitionStream Definitions { get; }

    /// <summary>The threads that write the trace.</summary>
    public SessionThreads Threads { get; }

    /// <summary>What it wants of each site.</summary>
    public SitePolicy Policy { get; }

    /// <summary>What it captures of values.</summary>
    public CaptureRules Rules { get; }

    /// <summary>Which process of a distributed program this is.</summary>
    public RankWatch Ranks { get; }

    /// <summary>Whether threads drop events rather than wait for the disk.</summary>
    public bool DropsWhenFull { get; }

    /// <summary>Whether events are recorded now: it has begun, and is neither paused nor at its end.</summary>
    public bool On
    {
        get => _on;
        set => _on = value;
    }

    /// <summary>Whether it records nothing more.</summary>
    public bool Ended
    {
        get => _ended;
        set => _ended = value;
    }

    /// <summary>How many events at least could not be recorded.</summary>
    public long LostEvents => Interlocked.Read(ref _lostEvents);

    /// <summary>An event could not be recorded.</summary>
    public void NoteLost() => Interlocked.Increment(ref _lostEvents);
}
