using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>The sample as the repository has it, with the packages.</summary>
internal sealed class QuickstartTests
{
    private const int Rounds = 62_500;
    private const int CallsPerRound = 8;
    private const int EventsPerCall = 4;

    [Test]
    public void The_trace_in_the_README_is_what_a_run_leaves()
    {
        using ScratchProject project = Quickstart();
        string[] shown = File.ReadAllText(Repository.PathOf("README.md"))
            .Split("```")[1].ReplaceLineEndings("\n").Trim('\n').Split('\n').Where(line => line.Trim() != "…").ToArray();

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(shown, Has.Length.GreaterThan(20));
        Assert.That(NotInOrder(project.Events(), shown), Is.Empty,
            "lines of the README that the trace does not have, or not in this place");
    }

    /// <summary>So many that nothing of the trace fits in a buffer.</summary>
    [Test]
    public void Two_million_events_are_all_there()
    {
        using ScratchProject project = Quickstart();

        project.Dotnet("run", "-c", "Release", "-p:ObjWatch=true", "--", $"{Rounds}").ThatSucceeded();

        var lines = EventLines.Of(project.Trace).GroupBy(TraceLine.KindOf).ToDictionary(kind => kind.Key, kind => kind.Count());
        Assert.That(lines, Does.Not.ContainKey(""), "lines that are no event");
        Assert.That(lines["run"], Is.EqualTo(lines["end"]));
        Assert.That(lines["run"], Is.GreaterThan(Rounds * CallsPerRound));
        Assert.That(lines.Values.Sum(), Is.GreaterThan(Rounds * CallsPerRound * EventsPerCall));
    }

    private static ScratchProject Quickstart()
    {
        ScratchProject project = new();
        project.WriteProject();
        foreach (string source in Directory.GetFiles(Repository.PathOf("samples", "Quickstart"), "*.cs"))
            File.Copy(source, project.PathOf(Path.GetFileName(source)));
        return project;
    }

    /// <summary>The lines of <paramref name="part"/> that do not follow one another, with or without others between them, in
    /// <paramref name="whole"/>.</summary>
    private static string[] NotInOrder(string[] whole, string[] part)
    {
        int next = 0;
        foreach (string line in whole)
        {
            if (next < part.Length && line == part[next])
                next++;
        }

        return part[next..];
    }
}
