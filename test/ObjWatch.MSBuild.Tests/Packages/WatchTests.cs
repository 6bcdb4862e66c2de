using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
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
        using Process watch =
            Command.Start(project.Folder, "dotnet", "watch", "--non-interactive", "--no-hot-reload", "--property:ObjWatch=true", "run");
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

    /// <summary>With hot reload the program goes on while its sources change, and its trace grows among them.</summary>
    [Test]
    public async Task A_growing_trace_is_no_changed_source()
    {
        using ScratchProject project = new();
        project.WriteProject();
        project.Write("Program.cs", """
            Counter counter = new();
            for (int i = 0; !System.IO.File.Exists("stop"); i++)
            {
                counter.Add(1);
                System.Threading.Thread.Sleep(10);
                if (i % 100 == 0)
                    System.Console.WriteLine("stored");
            }

            class Counter { private int _value; public void Add(int number) => _value += number; }
            """);
        using Process watch = Command.Start(
            project.Folder, "dotnet", "watch", "--non-interactive", "--property:ObjWatch=true",
            "--property:ObjWatchOutput=App.objwatch%3BApp.json", "run");
        ChannelReader<string> said = Output(watch);
        try
        {
            await SeenAsync(said, "Waiting for changes");
            await SeenAsync(said, "stored");
            List<string> lines = await SeenAsync(said, "stored");
            Assert.That(project.Trace, Does.Exist);

            project.Write("Program.cs",
                File.ReadAllText(project.PathOf("Program.cs")).Replace("+= number", "+= 2 * number", StringComparison.Ordinal));
            lines.AddRange(await SeenAsync(said, "File updated: ./Program.cs"));

            Assert.That(
                lines.Where(line => line.Contains("File", StringComparison.Ordinal) && line.Contains("App.", StringComparison.Ordinal)),
                Is.Empty);
        }
        finally
        {
            project.Write("stop", "");
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
    /// <returns>It, and those before it.</returns>
    private static async Task<List<string>> SeenAsync(ChannelReader<string> lines, string text)
    {
        List<string> seen = [];
        do
        {
            seen.Add(await lines.ReadAsync().AsTask().WaitAsync(Waiting.Longest));
            TestContext.Out.WriteLine(seen[^1]);
        }
        while (!seen[^1].Contains(text, StringComparison.Ordinal));
        return seen;
    }
}
