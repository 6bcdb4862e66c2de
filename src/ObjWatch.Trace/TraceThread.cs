namespace ObjWatch.Trace;

/// <summary>A thread of the recorded process.</summary>
public sealed class TraceThread
{
    internal TraceThread(long number, long managedId, string name)
    {
        Number = number;
        ManagedId = managedId;
        Name = name.Length == 0 ? null : name;
    }

    /// <summary>Its number in the trace, from 1, as <see cref="TraceEvent.Thread"/> has it. No other thread of the trace has it.</summary>
    public long Number { get; }

    /// <summary>Its <c>Environment.CurrentManagedThreadId</c> in the process. .NET gives the id of a thread that has ended to
    /// another.</summary>
    public long ManagedId { get; }

    /// <summary>The name that the program gave to it; <see langword="null"/> where it gave none.</summary>
    public string? Name { get; }
}
