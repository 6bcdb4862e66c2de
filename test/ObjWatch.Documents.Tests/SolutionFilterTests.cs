using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Documents.Tests;

/// <summary>ObjWatch.NoTorch.slnf is the solution without what needs TorchSharp, and no more is left out.</summary>
internal sealed partial class SolutionFilterTests
{
    private static readonly string[] Solution =
        [.. Project().Matches(File.ReadAllText(Repository.PathOf("ObjWatch.sln")))
            .Select(match => match.Groups["path"].Value.Replace('\\', '/'))];

    [Test]
    public void It_names_every_project_that_does_not_need_TorchSharp() =>
        Assert.That(Filter(), Is.EquivalentTo(Solution.Where(project => !NeedsTorch(Repository.PathOf(project)))));

    /// <summary>So that the test above does not hold because nothing is found.</summary>
    [Test]
    public void The_sample_and_the_tests_of_tensors_need_it() =>
        Assert.That(
            Solution.Where(project => NeedsTorch(Repository.PathOf(project))),
            Is.SupersetOf(new[]
            {
                "samples/DistributedTraining/DistributedTraining.csproj", "src/ObjWatch.TorchSharp/ObjWatch.TorchSharp.csproj",
                "test/ObjWatch.TorchSharp.Tests/ObjWatch.TorchSharp.Tests.csproj",
            }));

    private static string[] Filter()
    {
        using JsonDocument filter = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("ObjWatch.NoTorch.slnf")));
        JsonElement solution = filter.RootElement.GetProperty("solution");
        Assert.That(solution.GetProperty("path").GetString(), Is.EqualTo("ObjWatch.sln"));
        return [.. solution.GetProperty("projects").EnumerateArray().Select(project => project.GetString()!.Replace('\\', '/'))];
    }

    /// <summary>Whether a project, or one that it refers to, has a package of TorchSharp.</summary>
    private static bool NeedsTorch(string project)
    {
        XElement[] elements = [.. XDocument.Load(project).Descendants()];
        return Values(elements, "PackageReference", "Include").Any(package => package.Contains("torch", StringComparison.OrdinalIgnoreCase))
            || Values(elements, "Import", "Project").Any(import => import.EndsWith("LibTorch.targets", StringComparison.Ordinal))
            || Values(elements, "ProjectReference", "Include").Where(reference => !reference.Contains('$', StringComparison.Ordinal))
                .Any(reference => NeedsTorch(Path.Combine(Path.GetDirectoryName(project)!, reference.Replace('\\', '/'))));
    }

    private static IEnumerable<string> Values(IEnumerable<XElement> elements, string element, string attribute) => elements
        .Where(candidate => candidate.Name.LocalName == element)
        .SelectMany(candidate => candidate.Attribute(attribute)?.Value.Split(';') ?? []).Select(value => value.Trim())
        .Where(value => value.Length > 0);

    [GeneratedRegex("^Project\\(\"[^\"]+\"\\) = \"[^\"]+\", \"(?<path>[^\"]+proj)\"", RegexOptions.Multiline)]
    private static partial Regex Project();
}
