using System;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a command did.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test, with everything the command printed, unless it exited with 0.</summary>
    public CommandResult ThatSucceeded()
    {
        Assert.That(ExitCode, Is.Zero, ToString());
        return this;
    }

    /// <summary>Fails the test, with everything the command printed, if it exited with 0.</summary>
    public CommandResult ThatFailed()
    {
        Assert.That(ExitCode, Is.Not.Zero, ToString());
        return this;
    }

    public override string ToString() => string.Join(Environment.NewLine, Command, "exit code " + ExitCode, Output, Error);
}
