using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ObjWatch.Documents.Tests;

/// <summary>docs/decisions: a file for each decision, and an index that has them all.</summary>
internal sealed partial class DecisionTests
{
    private const int Width = 140;

    private static IEnumerable<Decision> Decisions => Decision.All;

    [Test]
    public void There_are_decisions() => Assert.That(Decision.All.Count(), Is.GreaterThan(50));

    [TestCaseSource(nameof(Decisions))]
    public void Each_begins_with_title_date_state_and_code(Decision decision) => Assert.That(decision.HasHead);

    [TestCaseSource(nameof(Decisions))]
    public void What_is_superseded_names_what_holds_now(Decision decision)
    {
        Decision[] successors = [.. Decision.All.Where(other => other.Name == decision.Successor)];
        Assert.That(successors.Select(other => other.State), Is.EqualTo(decision.State == "superseded" ? new[] { "accepted" } : []));
    }

    [TestCaseSource(nameof(Decisions))]
    public void Lines_fit_on_a_screen(Decision decision) =>
        Assert.That(decision.Page.Text.Split('\n').Where(line => line.Length > Width && !line.StartsWith('|')), Is.Empty);

    [Test]
    public void The_index_has_each_once_with_its_date_and_state()
    {
        string[] rows = [.. Row().Matches(Page.At("docs/decisions/README.md").Text).Select(match => match.Value)];

        Assert.That(rows,
            Is.EquivalentTo(
                Decision.All.Select(decision => $"| [{decision.Title}]({decision.Name}) | {decision.Date} | {decision.State} |")));
    }

    [GeneratedRegex(@"^\| \[.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
