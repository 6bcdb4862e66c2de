using System;

namespace ObjWatch.Testing;

/// <summary>What a child process did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output, less what was read while it ran.</param>
/// <param name="Error">Its standard error, less what was read while it ran.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the standard output that are not empty.</summary>
    public string[] OutputLines => Lines(Output);

    /// <summary>The lines of the standard error that are not empty.</summary>
    public string[] ErrorLines => Lines(Error);

    /// <summary>The last line of the standard error; empty if there is none.</summary>
    public string LastErrorLine => Error.TrimEnd().Split('\n')[^1];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
