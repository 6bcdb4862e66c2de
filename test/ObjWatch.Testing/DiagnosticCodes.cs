using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ObjWatch.Testing;

/// <summary>The codes of diagnostics: those that stand in sources, and those that docs/diagnostics.md has a section for.</summary>
public static class DiagnosticCodes
{
    /// <summary>The codes that have a section, in its order.</summary>
    /// <param name="codes">A regular expression for the codes.</param>
    public static IEnumerable<string> InDocument(string codes) =>
        Regex.Matches(File.ReadAllText(Repository.PathOf("docs", "diagnostics.md")), $"^### (?<code>{codes})\r?$", RegexOptions.Multiline)
            .Select(match => match.Groups["code"].Value);

    /// <summary>The codes that stand in the sources of some projects, each once.</summary>
    /// <param name="codes">A regular expression for the codes.</param>
    /// <param name="projects">The projects' folders under <c>src</c>.</param>
    public static IEnumerable<string> InSources(string codes, params string[] projects) => projects
        .SelectMany(project => Sources(Repository.PathOf("src", project)))
        .SelectMany(file => Regex.Matches(File.ReadAllText(file), codes))
        .Select(match => match.Value).Distinct();

    private static IEnumerable<string> Sources(string project) => Directory.GetFiles(project, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));
}
