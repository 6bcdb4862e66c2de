namespace ObjWatch.Trace;

/// <summary>How many events at one place in the code are not in the trace because the run had a limit (<c>ObjWatchEventLimit</c>,
/// <c>ObjWatchMaximumDepth</c>).</summary>
public sealed class LeftOutEvents
{
    internal LeftOutEvents(string name, int? line, long count)
    {
        Name = name;
        Line = line;
        Count = count;
    }

    /// <summary>The qualified name of the method, or the name of the member, as <see cref="TraceEvent.Method"/> and
    /// <see cref="TraceEvent.Member"/> have them.</summary>
    public string Name { get; }

    /// <summary>The line in the source, from 1; <see langword="null"/> where it is not known.</summary>
    public int? Line { get; }

    /// <summary>How many.</summary>
    public long Count { get; }
}
