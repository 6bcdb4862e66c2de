using System.IO;
using System.Linq;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>The Quickstart, as the repository has it, for so long that nothing of the trace fits in a buffer.</summary>
internal sealed class LongRunTests
{
    private const int Rounds = 62_500;
    private const int CallsPerRound = 8;
    private const int EventsPerCall = 4;

    [Test]
    public void Two_million_events_are_all_there()
    {
        using ScratchProject project = new();
        project.WriteProject();
        foreach (string source in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "Quickstart"), "*.cs"))
            File.Copy(source, project.PathOf(Path.GetFileName(source)));

        project.Dotnet("run", "-c", "Release", "-p:ObjWatch=true", "--", $"{Rounds}").ThatSucceeded();

        var lines = File.ReadLines(project.Trace).GroupBy(TraceLine.KindOf).ToDictionary(kind => kind.Key, kind => kind.Count());
        Assert.That(lines, Does.Not.ContainKey(""), "lines that are no event");
        Assert.That(lines["run"], Is.EqualTo(lines["end"]));
        Assert.That(lines["run"], Is.GreaterThan(Rounds * CallsPerRound));
        Assert.That(lines.Values.Sum(), Is.GreaterThan(Rounds * CallsPerRound * EventsPerCall));
    }
}
