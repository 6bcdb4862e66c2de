namespace ObjWatch.Weaver;

/// <summary>What became of a request.</summary>
public enum WeaveOutcome
{
    /// <summary>The woven assembly was written.</summary>
    Woven,

    /// <summary>The assembly was already woven with the same version and options; nothing was written.</summary>
    AlreadyWoven,

    /// <summary>The assembly is loaded by builds (<see cref="WeaveRequest.LeaveBuildComponents"/>); nothing was written.</summary>
    LeftToBuilds,

    /// <summary>There is an error among the diagnostics; nothing was written.</summary>
    Failed,
}
