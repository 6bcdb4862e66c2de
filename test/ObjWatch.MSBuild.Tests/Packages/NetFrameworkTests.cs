using System;
using System.IO;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>A project for .NET Framework is built and woven anywhere, and runs on Mono, where that is installed.</summary>
internal sealed class NetFrameworkTests
{
    /// <summary>The program that runs such programs.</summary>
    internal const string Mono = "/usr/bin/mono";

    private const string Facades = "/usr/lib/mono/4.5/Facades/netstandard.dll";

    [Test]
    public void A_program_for_net472_is_woven_and_traced([Values("Debug", "Release")] string configuration)
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Write("App.csproj", File.ReadAllText(project.PathOf("App.csproj")).Replace("net10.0", "net472", StringComparison.Ordinal)
            .Replace("<OutputType>", "<LangVersion>latest</LangVersion><OutputType>", StringComparison.Ordinal));

        project.Build("-c", configuration, "-p:ObjWatch=true").ThatSucceeded();

        string program = project.PathOf("bin", configuration, "net472", "App.exe");
        foreach (string library in new[] { "ObjWatch.Runtime.dll", "ObjWatch.Trace.dll" })
            Assert.That(project.PathOf("bin", configuration, "net472", library), Does.Exist);
        IgnoreWithoutMono();
        CommandResult run = Command.Run(project.Folder, Mono, program).ThatSucceeded();
        Assert.That(run.Output, Is.EqualTo("counted" + Environment.NewLine));
        Assert.That(project.Events(),
            Has.Some.Contains("upd Counter._value 0 -> 42").And.Some.Contains("run App.Models.Counter.Increment"));
    }

    /// <summary>Ends a test whose program cannot be run here.</summary>
    internal static void IgnoreWithoutMono()
    {
        if (!File.Exists(Mono) || !File.Exists(Facades))
            Assert.Ignore("Mono is not installed (apt-get install mono-devel), so the program was only built");
    }
}
