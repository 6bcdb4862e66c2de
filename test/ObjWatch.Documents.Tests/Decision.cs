using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ObjWatch.Testing;

namespace ObjWatch.Documents.Tests;

/// <summary>A page in docs/decisions: its title, and the three lines below it.</summary>
internal sealed partial class Decision
{
    private readonly Match _head;

    private Decision(string file)
    {
        Name = Path.GetFileName(file);
        Page = Page.At($"docs/decisions/{Name}");
        _head = Head().Match(Page.Text);
    }

    /// <summary>All of them; the index is none.</summary>
    public static IEnumerable<Decision> All => Directory.GetFiles(Repository.PathOf("docs", "decisions"), "*.md")
        .Where(file => Path.GetFileName(file) != "README.md").Order(StringComparer.Ordinal).Select(file => new Decision(file));

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The page.</summary>
    public Page Page { get; }

    /// <summary>Whether title, date, state and code stand at its beginning.</summary>
    public bool HasHead => _head.Success;

    /// <summary>What it is called.</summary>
    public string Title => _head.Groups["title"].Value;

    /// <summary>The day on which it was taken.</summary>
    public string Date => _head.Groups["date"].Value;

    /// <summary><c>accepted</c>, <c>rejected</c> or <c>superseded</c>.</summary>
    public string State => _head.Groups["state"].Value;

    /// <summary>The file of the decision that took its place; empty for none.</summary>
    public string Successor => _head.Groups["by"].Value;

    /// <summary>The file's name as name of a test.</summary>
    public override string ToString() => Name;

    [GeneratedRegex(
        @"\A# (?<title>.+)\n\n- Date: (?<date>\d{4}-\d\d-\d\d)( \(changed \d{4}-\d\d-\d\d\))?\n"
        + @"- State: (?<state>accepted|rejected|superseded(?= by))( by \[[^\]]+\]\((?<by>[\w-]+\.md)\))?\n"
        + @"- Code: \[[^\]]+\]\([^)]+\)(,\n  \[[^\]]+\]\([^)]+\))*\n\n\S")]
    private static partial Regex Head();
}
