using System.Collections.Generic;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Selecting;

/// <summary>Reads a list of targets: entries between <c>;</c>, <c>,</c> or line breaks.</summary>
internal static class TargetList
{
    /// <summary>Parses a list; every malformed entry becomes an error in the sink.</summary>
    /// <param name="text">The list.</param>
    /// <param name="option">What to call an entry: <c>target</c> or <c>exclusion</c>.</param>
    /// <param name="file">The file to report errors against.</param>
    /// <param name="sink">Takes the errors.</param>
    public static IReadOnlyList<Target> Parse(string text, string option, string file, DiagnosticSink sink)
    {
        var targets = new List<Target>();
        foreach (string entry in TargetText.Split(text))
        {
            try
            {
                targets.Add(TargetParser.Parse(entry));
            }
            catch (TargetSyntaxException exception)
            {
                sink.Add(Codes.MalformedTarget.About(file, option, entry, exception.Column, exception.Message));
            }
        }

        return targets;
    }
}
