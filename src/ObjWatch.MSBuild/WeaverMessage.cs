using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ObjWatch.MSBuild;

/// <summary>A diagnostic in the weaver's output: <c>File(line,column): severity OBJW0000: text</c>, as compilers write them.</summary>
internal sealed record WeaverMessage(string Severity, string Code, string Text, string? File, int Line, int Column)
{
    private const string NameOfTheWeaver = "objwatch-weave";

    private static readonly Regex Pattern = new(
        @"^\s*(?<file>.*?)\s*(\((?<line>\d+)(,(?<column>\d+))?\))?\s*:"
        + @"\s*(?<severity>error|warning|info)\s+(?<code>OBJW\d{4})\s*:\s*(?<text>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>Reads one line of output.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out WeaverMessage? message)
    {
        Match match = Pattern.Match(line);
        if (!match.Success)
        {
            message = null;
            return false;
        }

        string file = match.Groups["file"].Value;
        message = new WeaverMessage(
            match.Groups["severity"].Value,
            match.Groups["code"].Value,
            match.Groups["text"].Value,
            file is "" or NameOfTheWeaver ? null : file,
            Number(match.Groups["line"]),
            Number(match.Groups["column"]));
        return true;
    }

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
}
