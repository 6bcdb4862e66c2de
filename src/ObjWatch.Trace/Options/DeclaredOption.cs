using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ObjWatch.Trace.Options;

/// <summary>
/// An option: one name, from which it has those that code, environment, objwatch.json, build and command line use, and all that is said of
/// it anywhere.
/// </summary>
/// <param name="Name">As the property of <c>TracerOptions</c> is called, or that of the project without <c>ObjWatch</c>.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Use">Where it can be given.</param>
/// <param name="Default">What holds where nobody says anything; empty where that is no value.</param>
/// <param name="Description">What it is for, in one sentence for help and documents. Names stand in backticks.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record DeclaredOption(string Name, OptionKind Kind, OptionUse Use, string Default, string Description)
{
    /// <summary>The lowest number.</summary>
    public int Lowest { get; init; }

    /// <summary>The highest number.</summary>
    public int Highest { get; init; } = int.MaxValue;

    /// <summary>The words there are.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What each entry of a list must end in; none for anything.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [];

    /// <summary>Whether its value is a list, with <c>;</c> between entries or, in a project, each on a line.</summary>
    public bool IsList { get; init; }

    /// <summary>A short form of the switch.</summary>
    public string ShortSwitch { get; init; } = "";

    /// <summary>What documents call a text: <c>targets</c>, <c>names</c>.</summary>
    public string Values { get; init; } = "";

    /// <summary>What documents show for a default that is no value, or says too little.</summary>
    public string ShownDefault { get; init; } = "";

    /// <summary>What documents say of the values there are, where that cannot be told from the rest.</summary>
    public string Limits { get; init; } = "";

    /// <summary>Where documents say more, as a link from docs.</summary>
    public string Page { get; init; } = "";

    /// <summary>Whether each run decides it.</summary>
    public bool IsOfRun => (Use & OptionUse.Run) != 0;

    /// <summary>Whether the build decides it, or gives it a default.</summary>
    public bool IsOfBuild => (Use & OptionUse.Property) != 0;

    /// <summary>The environment's variable: <c>OBJWATCH_MAXIMUM_ELEMENTS</c>.</summary>
    public string Variable => Name.Length == 0 ? "OBJWATCH" : "OBJWATCH_" + Split('_').ToUpperInvariant();

    /// <summary>The project's property: <c>ObjWatchMaximumElements</c>.</summary>
    public string Property => "ObjWatch" + Name;

    /// <summary>The weaver's option: <c>--maximum-elements</c>. What it writes itself is already its <c>--output</c>.</summary>
    public string Switch => "--" + (Name == "Output" ? "trace-" : "") + (Singular.Length > 0 ? Singular : Split('-').ToLowerInvariant());

    /// <summary>The key in objwatch.json: <c>maximumElements</c>.</summary>
    public string Key => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>The word of a switch that can be given several times.</summary>
    public string Singular { get; init; } = "";

    /// <summary>What a value must be, for messages.</summary>
    public string Expected => Kind switch
    {
        OptionKind.Truth => "true or false",
        OptionKind.Number => FormattableString.Invariant($"a whole number from {Lowest} to {Highest}"),
        OptionKind.Choice => Listed(Choices),
        OptionKind.Text => Endings.Count > 0 ? "file names that end in " + Listed(Endings) : "a text",
    };

    /// <summary>Whether a text is a value of the option.</summary>
    public bool Accepts(string value) => Kind switch
    {
        OptionKind.Truth => bool.TryParse(value, out _),
        OptionKind.Number =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= Lowest && number <= Highest,
        OptionKind.Choice => Choices.Contains(value, StringComparer.OrdinalIgnoreCase),
        OptionKind.Text => Endings.Count == 0 || value.Split(';').All(entry =>
            string.IsNullOrWhiteSpace(entry) || Endings.Any(ending => entry.Trim().EndsWith(ending, StringComparison.OrdinalIgnoreCase))),
    };

    private static string Listed(IReadOnlyList<string> words) =>
        string.Join(", ", words.Take(words.Count - 1)) + " or " + words[words.Count - 1];

    private string Split(char between)
    {
        var text = new StringBuilder();
        foreach (char letter in Name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append(between);
            text.Append(letter);
        }

        return text.ToString();
    }
}
