using Microsoft.Extensions.Logging;

namespace ObjWatch;

/// <summary>How a session records. What is left <see langword="null"/> is taken from the environment (<c>OBJWATCH_OUTPUT</c>), the build, or the defaults.</summary>
public sealed class TracerOptions
{
    /// <summary>
    /// The files to leave behind, separated by semicolons: <c>.objwatch</c> for text, <c>.json</c> (the schema of objwatch 0.5.1), <c>.xml</c> (of 0.3.5),
    /// <c>.trace.json</c> for Chrome trace events, <c>.objtrace</c> for the binary trace.
    /// Default: <c>{application}.objwatch</c> in the working directory; with a logger factory, none.
    /// </summary>
    public string? Output { get; set; }

    /// <summary>How many UTF-16 units of a string are captured. Default: 128; at most 1024.</summary>
    public int? MaximumStringLength { get; set; }

    /// <summary>
    /// What happens to an event for which no room is ready: <c>wait</c> (default) lets its thread wait for the disk, so that nothing is lost;
    /// <c>drop</c> counts the event and goes on, and the trace says where how many are missing; <c>ring:N</c> keeps about the last N MiB of events
    /// (1 to 1,048,576; <c>ring</c> alone: 64) and overwrites the oldest ones.
    /// </summary>
    public string? WhenFull { get; set; }

    /// <summary>How many elements of a collection are captured. Default: 3; at most 20.</summary>
    public int? MaximumElements { get; set; }

    /// <summary>Where events are logged, besides the files.</summary>
    internal ILoggerFactory? Loggers { get; private set; }

    /// <summary>These options with a logger factory.</summary>
    internal TracerOptions With(ILoggerFactory loggers)
    {
        var options = (TracerOptions)MemberwiseClone();
        options.Loggers = loggers;
        return options;
    }
}
