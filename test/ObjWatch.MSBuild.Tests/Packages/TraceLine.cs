using System.Text.RegularExpressions;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>The shape of a line in a text trace: line number, indentation, event, message, and the thread once there are two.</summary>
internal static partial class TraceLine
{
    /// <summary>Whether a line is an event (and not part of the header).</summary>
    public static bool IsEvent(string line) => Event().IsMatch(line);

    /// <summary>Which event a line is; empty where it is none.</summary>
    public static string KindOf(string line) => Event().Match(line).Groups["kind"].Value;

    [GeneratedRegex(@"^ *\d+ (  )*(?<kind>run|end|upd|apd|pop|awt|rsm) \S.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Event();
}
