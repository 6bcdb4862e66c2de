using System;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Values.Redacting;

/// <summary>Which names must not have their values recorded.</summary>
internal sealed class Redaction
{
    /// <summary>What is redacted unless the option says <c>none</c>.</summary>
    public const string Defaults =
        "*password*;*passwd*;*pwd*;*passphrase*;*secret*;*token*;*apikey*;*api_key*;*credential*;"
        + "*privatekey*;*private_key*;*connectionstring*";

    private const string CancellationToken = "cancellationtoken";

    private readonly string[] _parts;
    private readonly NamePattern[] _patterns;
    private readonly bool _hasDefaults;

    private Redaction(IEnumerable<string> patterns, bool hasDefaults)
    {
        string[] all = patterns.ToArray();
        _parts = all.Where(IsPart).Select(pattern => pattern.Trim('*')).ToArray();
        _patterns = all.Where(pattern => !IsPart(pattern)).Select(pattern => new NamePattern(pattern, ignoreCase: true)).ToArray();
        _hasDefaults = hasDefaults;
    }

    /// <summary>Reads a list of patterns; they come on top of the defaults unless <c>none</c> is among them.</summary>
    public static Redaction Parse(string text)
    {
        string[] entries = TargetText.Split(text).ToArray();
        bool none = entries.Any(entry => entry.Equals("none", StringComparison.OrdinalIgnoreCase));
        IEnumerable<string> own = entries.Where(entry => !entry.Equals("none", StringComparison.OrdinalIgnoreCase));
        return new Redaction(none ? own : own.Concat(Defaults.Split(';')), hasDefaults: !none);
    }

    /// <summary>Whether the value of what has the name must not be recorded.</summary>
    public bool Matches(string name)
    {
        // The one thing in every program that is called a token and holds no secret.
        if (_hasDefaults && name.EndsWith(CancellationToken, StringComparison.OrdinalIgnoreCase))
            return false;
        foreach (string part in _parts)
        {
            if (name.AsSpan().IndexOf(part.AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        foreach (NamePattern pattern in _patterns)
        {
            if (pattern.Matches(name))
                return true;
        }

        return false;
    }

    /// <summary>Whether the value that belongs to a key, as in a dictionary, must not be recorded.</summary>
    public bool MatchesKey(object? key) => key is string name && Matches(name);

    /// <summary>Whether a pattern only asks for a part of the name, which is found faster.</summary>
    private static bool IsPart(string pattern) => pattern.Length > 2 && pattern[0] == '*' && pattern[pattern.Length - 1] == '*'
        && pattern.IndexOfAny(['*', '?'], 1, pattern.Length - 2) < 0;
}
