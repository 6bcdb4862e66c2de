namespace ObjWatch;

/// <summary>How a session records. What is left <see langword="null"/> is taken from the environment (<c>OBJWATCH_OUTPUT</c>), the build, or the defaults.</summary>
public sealed class TracerOptions
{
    /// <summary>
    /// The files to leave behind, separated by semicolons: <c>.objwatch</c> for text, <c>.objtrace</c> for the binary trace.
    /// Default: <c>{application}.objwatch</c> in the working directory.
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

    /// <summary>
    /// Which processes of a distributed program record: <c>all</c>, or ranks and intervals of ranks such as <c>0,2,4-7</c>. Default: <c>0</c>. Of a
    /// process whose rank is unknown, everything is recorded. A malformed list is told on standard error, and the default taken.
    /// </summary>
    public string? Ranks { get; set; }

    /// <summary>
    /// Who tells the rank: <c>env</c> (environment variables of launchers), <c>mpi</c> (the MPI library in this process), the name of a provider given to
    /// <see cref="RankProviders.Register"/>, <c>auto</c> (whichever of these knows it first), or <c>none</c>. Default: <c>auto</c>. A name that nobody has is told on standard error.
    /// </summary>
    public string? Framework { get; set; }

    /// <summary>Who tells the rank, instead of <see cref="Framework"/>. Default: nobody else.</summary>
    public IRankProvider? RankProvider { get; set; }
}
