using System.Collections.Generic;
using System.ComponentModel;

namespace ObjWatch.Trace.Selecting;

/// <summary>Takes a list of targets apart: entries between <c>;</c>, <c>,</c> or line breaks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TargetText
{
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
