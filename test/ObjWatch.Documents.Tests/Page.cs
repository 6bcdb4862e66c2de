using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ObjWatch.Testing;

namespace ObjWatch.Documents.Tests;

/// <summary>A Markdown file of the repository.</summary>
internal sealed partial class Page
{
    private Page(string path) => Path = path;

    /// <summary>Every page that people read: those at the top, in docs, in .github and beside the samples.</summary>
    public static IEnumerable<Page> All =>
        Directory.GetFiles(Repository.Root, "*.md")
            .Concat(new[]
                { "docs", ".github",
                    "samples" }.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(path => new Page(path));

    /// <summary>Its path from the root, with slashes.</summary>
    public string Path { get; }

    /// <summary>The file.</summary>
    public string File => Repository.PathOf(Path.Split('/'));

    /// <summary>What it says.</summary>
    public string Text => System.IO.File.ReadAllText(File).ReplaceLineEndings("\n");

    /// <summary>What its links inside the repository lead to, as they are written.</summary>
    public IEnumerable<string> Links => Link().Matches(WithoutCode(Text)).Select(match => match.Groups["target"].Value).Distinct();

    /// <summary>The page at a path from the root.</summary>
    public static Page At(string path) => new(path);

    /// <summary>The names by which GitHub lets a link point to a heading.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(WithoutBlocks(Text)).Select(match => AnchorOf(match.Groups["text"].Value));

    /// <summary>The file that a link leads to.</summary>
    /// <param name="link">The link as it is written.</param>
    public string FileOf(string link)
    {
        string path = link.Split('#')[0];
        return path.Length == 0 ? File : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(File)!, path));
    }

    /// <summary>The path as name of a test.</summary>
    public override string ToString() => Path;

    private static string AnchorOf(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutBlocks(string text) => Block().Replace(text, "");

    private static string WithoutCode(string text) => Code().Replace(WithoutBlocks(text), "");

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]*`(?!\\])")]
    private static partial Regex Code();
}
