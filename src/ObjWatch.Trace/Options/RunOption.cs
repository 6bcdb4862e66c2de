using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ObjWatch.Trace.Options;

/// <summary>An option of a run: one name, from which it has those that the build, the tool, the environment and objwatch.json
/// use.</summary>
/// <param name="Name">As the property of <c>TracerOptions</c> is called.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Default">What holds where nobody says anything.</param>
/// <param name="Description">What it is for, in a few words.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RunOption(string Name, OptionKind Kind, string Default, string Description)
{
    /// <summary>The lowest number.</summary>
    internal int Lowest { get; init; }

    /// <summary>The highest number.</summary>
    internal int Highest { get; init; } = int.MaxValue;

    /// <summary>The words there are.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What each entry of a list must end in; none for anything.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [];

    /// <summary>Whether the build gives it a default. What decides how the assembly is woven is not handed on to the run.</summary>
    public bool IsOfBuild { get; init; } = true;

    /// <summary>The environment's variable: <c>OBJWATCH_MAXIMUM_ELEMENTS</c>.</summary>
    public string Variable => "OBJWATCH_" + Split('_').ToUpperInvariant();

    /// <summary>The project's property: <c>ObjWatchMaximumElements</c>.</summary>
    public string Property => "ObjWatch" + Name;

    /// <summary>The weaver's option: <c>--maximum-elements</c>. What it writes itself is already its <c>--output</c>.</summary>
    public string Switch => "--" + (Name == "Output" ? "trace-" : "") + Split('-').ToLowerInvariant();

    /// <summary>The key in objwatch.json: <c>maximumElements</c>.</summary>
    public string Key => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>What a value must be, for messages.</summary>
    public string Expected => Kind switch
    {
        OptionKind.Truth => "true or false",
        OptionKind.Number => FormattableString.Invariant($"a whole number from {Lowest} to {Highest}"),
        OptionKind.Choice => string.Join(", ", Choices.Take(Choices.Count - 1)) + " or " + Choices[Choices.Count - 1],
        _ when Endings.Count > 0 =>
            "file names that end in " + string.Join(", ", Endings.Take(Endings.Count - 1)) + " or " + Endings[Endings.Count - 1],
        _ => "a text",
    };

    /// <summary>Whether a text is a value of the option.</summary>
    public bool Accepts(string value) => Kind switch
    {
        OptionKind.Truth => bool.TryParse(value, out _),
        OptionKind.Number =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= Lowest && number <= Highest,
        OptionKind.Choice => Choices.Contains(value, StringComparer.OrdinalIgnoreCase),
        _ => Endings.Count == 0 || value.Split(';').All(entry =>
            string.IsNullOrWhiteSpace(entry) || Endings.Any(ending => entry.Trim().EndsWith(ending, StringComparison.OrdinalIgnoreCase))),
    };

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
