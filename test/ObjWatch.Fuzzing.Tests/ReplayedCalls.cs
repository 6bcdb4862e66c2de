using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>The calls that are open in a trace, or suspended, with the values of their local variables.</summary>
internal sealed partial class ReplayedCalls
{
    private readonly Stack<ReplayedCall> _open = new();
    private readonly List<ReplayedCall> _suspended = new();

    /// <summary>The innermost call.</summary>
    public ReplayedCall? Innermost => _open.TryPeek(out ReplayedCall? call) ? call : null;

    /// <summary>The calls that are open, innermost first.</summary>
    public IEnumerable<ReplayedCall> Open => _open;

    /// <summary>Takes note of a line of the trace.</summary>
    /// <returns>Whether it is of a call that begins, ends, is suspended, or goes on.</returns>
    public bool Read(string line)
    {
        if (Line.Match(line) is not { Success: true } match)
            return false;
        string method = match.Groups["method"].Value;
        int depth = match.Groups["depth"].Length;
        switch (match.Groups["event"].ValueSpan)
        {
            case "run":
                _open.Push(new ReplayedCall(method, depth));
                foreach (Match argument in Argument.Matches(line))
                    _open.Peek().Locals["_." + argument.Groups["name"].Value] = argument.Groups["value"].Value;
                break;
            case "rsm":
                _open.Push(Resumed(method, depth));
                break;
            case "awt" when _open.TryPop(out ReplayedCall? suspended):
                _suspended.Add(suspended);
                break;
            default:
                _open.TryPop(out _);
                break;
        }

        return true;
    }

    /// <summary>The call that goes on; of several that it may be, none of which anything is known.</summary>
    private ReplayedCall Resumed(string method, int depth)
    {
        List<ReplayedCall> candidates = _suspended.FindAll(call => call.Method == method && call.Depth == depth);
        if (candidates.Count == 1)
        {
            _suspended.Remove(candidates[0]);
            return candidates[0];
        }

        return new ReplayedCall(method, depth) { IsKnown = false };
    }

    [GeneratedRegex(@"^ *\d+ (?<depth>(?:  )*)(?<event>run|end|awt|rsm) (?<method>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Line { get; }

    [GeneratedRegex(@"'(?<name>\w+)':(?<value>""[^""]*""|[^,]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Argument { get; }
}

/// <summary>One call.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Depth">How deep it is.</param>
internal sealed record ReplayedCall(string Method, int Depth)
{
    /// <summary>What its local variables hold.</summary>
    public Dictionary<string, string> Locals { get; } = new();

    /// <summary>Whether it is certain which call it is.</summary>
    public bool IsKnown { get; init; } = true;
}
