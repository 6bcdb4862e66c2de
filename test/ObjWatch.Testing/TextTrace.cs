using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace ObjWatch.Testing;

/// <summary>What a test wants to know of an <c>.objwatch</c> file as a whole. Reads it line by line: it may be large.</summary>
public sealed partial class TextTrace
{
    private const int MostKept = 10;

    private readonly List<string> _malformed = [];
    private readonly Dictionary<string, ThreadCalls> _threads = [];

    private TextTrace()
    {
    }

    /// <summary>How many methods were entered.</summary>
    public long Runs { get; private set; }

    /// <summary>How many were left.</summary>
    public long Ends { get; private set; }

    /// <summary>How many stores changed something.</summary>
    public long Updates { get; private set; }

    /// <summary>How many collections grew or shrank.</summary>
    public long Lengths { get; private set; }

    /// <summary>How many state machines were suspended.</summary>
    public long Awaits { get; private set; }

    /// <summary>How many went on.</summary>
    public long Resumptions { get; private set; }

    /// <summary>All events.</summary>
    public long Events => Runs + Ends + Updates + Lengths + Awaits + Resumptions;

    /// <summary>The first few lines that are not of the format, or not at the depth or of the method they should be.</summary>
    public IReadOnlyList<string> Malformed => _malformed;

    /// <summary>Reads a trace.</summary>
    public static TextTrace Read(string path)
    {
        var trace = new TextTrace();
        foreach (string line in EventLines.Of(path))
            trace.Add(line);
        return trace;
    }

    [GeneratedRegex(
        @"^ *\d+ (?<depth>(?:  )*)(?:(?<event>run) (?<method>.+?) <- .*|(?<event>end) (?<method>.+?) -> .+|"
        + @"(?<event>awt|rsm) (?<method>\S+)(?: -> .+| \[T\d+\])?|(?<event>upd) \S.* -> .+|"
        + @"(?<event>apd|pop) \S.* \(.+\)\(len\)\d+ -> \d+(?: #\d+)?(?: \[T\d+\])?)$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Line { get; }

    [GeneratedRegex(@"\[T\d+\]$")]
    private static partial Regex ThreadMark { get; }

    private void Add(string line)
    {
        Match match = Line.Match(line);
        if (!match.Success || line.IndexOf(' ', StringComparison.Ordinal) > 5)
        {
            Complain(line);
            return;
        }

        Match mark = ThreadMark.Match(line);
        string thread = mark.Success ? mark.Value : "[T1]"; // before a second thread comes in there is no mark
        if (!_threads.TryGetValue(thread, out ThreadCalls? calls))
            _threads.Add(thread, calls = new ThreadCalls());
        string method = match.Groups["method"].Value;
        int depth = match.Groups["depth"].Length / 2;
        switch (match.Groups["event"].ValueSpan)
        {
            case "run":
                Runs++;
                Check(line, depth == calls.Depth);
                calls.Enter(method, depth, outside: depth);
                break;
            case "rsm":
                Resumptions++;
                calls.Enter(method, depth, outside: calls.Depth);
                break;
            case "awt":
                Awaits++;
                Check(line, calls.Leave(method, depth));
                break;
            case "end":
                Ends++;
                Check(line, calls.Leave(method, depth));
                break;
            case "upd":
                Updates++;
                Check(line, depth == calls.Depth);
                break;
            default:
                Lengths++;
                Check(line, depth == calls.Depth);
                break;
        }
    }

    private void Check(string line, bool fits)
    {
        if (!fits)
            Complain(line);
    }

    private void Complain(string line)
    {
        if (_malformed.Count < MostKept)
            _malformed.Add(line);
    }
}
