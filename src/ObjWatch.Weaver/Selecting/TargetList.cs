using System.Collections.Generic;
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
        foreach (string entry in Split(text))
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

    /// <summary>The entries of a list, trimmed, without empty ones. A comma between type parameters separates nothing.</summary>
    public static IEnumerable<string> Split(string text)
    {
        int start = 0;
        int depth = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char current = i == text.Length ? '\n' : text[i];
            if (current == '<')
                depth++;
            else if (current == '>')
                depth--;
            bool separates = current is ';' or '\r' or '\n' || (current == ',' && depth <= 0);
            if (!separates)
                continue;
            string entry = text.Substring(start, i - start).Trim();
            if (entry.Length > 0)
                yield return entry;
            start = i + 1;
            depth = 0;
        }
    }
}
