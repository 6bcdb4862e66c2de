using System;

namespace ObjWatch.Cli;

/// <summary>Ends the command with one message.</summary>
internal sealed class CliException : Exception
{
    /// <summary>Wrong usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>The input was good, but the work could not be done.</summary>
    public const int Failed = 1;

    public CliException(string code, string message, int exitCode = BadInput)
        : base(message)
    {
        Code = code;
        ExitCode = exitCode;
    }

    /// <summary><c>OBJW</c> and four digits.</summary>
    public string Code { get; }

    /// <summary>What the process returns.</summary>
    public int ExitCode { get; }
}
