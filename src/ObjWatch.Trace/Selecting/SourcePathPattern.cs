using System;
using System.Collections.Generic;
using System.Linq;

namespace ObjWatch.Trace.Selecting;

/// <summary>The end of a source file's path. <c>*</c> and <c>?</c> stay within a folder's name, <c>**</c> is any number of
/// folders.</summary>
internal sealed class SourcePathPattern
{
    private static readonly char[] Separators = ['/', '\\'];

    private readonly NamePattern[] _parts;
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    public SourcePathPattern(string text)
    {
        Text = text;

        // A path is given to be found wherever the project was built; the case of its letters is the file system's affair.
        IEnumerable<string> parts = Split(text);
        _parts = parts.Prepend("**").Select(part => new NamePattern(part, ignoreCase: true)).ToArray();
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether a path, as symbols name it on whatever system, ends like this.</summary>
    public bool Matches(string path)
    {
        if (!_known.TryGetValue(path, out bool matches))
            _known.Add(path, matches = Matches(0, Split(path), 0));
        return matches;
    }

    public override string ToString() => Text;

    private bool Matches(int pattern, string[] path, int position)
    {
        for (; pattern < _parts.Length; pattern++, position++)
        {
            if (_parts[pattern].Text == "**")
                return Enumerable.Range(position, path.Length - position + 1).Any(next => Matches(pattern + 1, path, next));
            if (position == path.Length || !_parts[pattern].Matches(path[position]))
                return false;
        }

        return position == path.Length;
    }

    private static string[] Split(string path) => path.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
