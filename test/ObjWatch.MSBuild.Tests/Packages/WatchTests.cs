using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Channels;
using System.Threading.Tasks;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary><c>dotnet watch</c> builds and runs again when a source has changed: what runs is woven each time.</summary>
internal sealed class WatchTests
{
    [Test]
    public async Task A_changed_source_is_woven_and_run_again()
    {
        using ScratchProject project = ScratchProject.Counter();
        using Process watch = Command.Start(project.Folder, "dotnet", "watch", "--non-interactive", "--no-hot-reload", "--property:ObjWatch=true", "run");
        ChannelReader<string> said = Output(watch);
        try
        {
            await SeenAsync(said, "counted");
            await SeenAsync(said, "Waiting for a file to change");
            Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));

            project.Write("Program.cs", File.ReadAllText(project.PathOf("Program.cs")).Replace("42", "43", StringComparison.Ordinal));

            await SeenAsync(said, "counted");
            await SeenAsync(said, "Waiting for a file to change");
            Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 43"));
        }
        finally
        {
            watch.Kill(entireProcessTree: true);
            await watch.WaitForExitAsync();
        }
    }

    /// <summary>The lines of standard output and standard error, as they come.</summary>
    private static ChannelReader<string> Output(Process process)
    {
        var lines = Channel.CreateUnbounded<string>();
        process.OutputDataReceived += (_, line) => lines.Writer.TryWrite(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Writer.TryWrite(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return lines.Reader;
    }

    /// <summary>Waits for a line.</summary>
    private static async Task SeenAsync(ChannelReader<string> lines, string text)
    {
        string line;
        do
        {
            line = await lines.ReadAsync().AsTask().WaitAsync(Waiting.Longest);
            TestContext.Out.WriteLine(line);
        }
        while (!line.Contains(text, StringComparison.Ordinal));
    }
}
