using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>Replays the stores of a text trace, and compares what they lead to with what the program says of its objects at its
/// end.</summary>
internal sealed partial class Replay
{
    private static readonly string[] _defaults =
        ["0", "0x0", "null", "false", "Red", "Point { X = 0, Y = 0 }", "(0, null)", "Mark { Number = 0, Word = null }",
            "Cells { _first = 0 }"];

    // By object ("" for statics) and member: the text of the value; of a collection its length.
    private readonly Dictionary<(string Owner, string Member), string> _state = new();
    private readonly ReplayedCalls _calls = new();
    private readonly HashSet<string> _captured;
    private readonly List<string> _faults = new();

    private Replay(HashSet<string> captured) => _captured = captured;

    /// <summary>What does not fit; empty when all is well.</summary>
    public static IReadOnlyList<string> Faults(string tracePath, string output)
    {
        var replay = new Replay(Captured(tracePath));
        foreach (string line in File.ReadLines(tracePath))
            replay.Read(line);
        replay.Compare(output);
        return replay._faults;
    }

    [GeneratedRegex(@"^ *\d+ +upd (?<member>\S+) (?<old>.*) -> (?<new>.*?)(?: #(?<owner>\d+))?(?: \[T\d+\])?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Update { get; }

    [GeneratedRegex(@"^ *\d+ +(apd|pop) (?<member>\S+) \(.+\)\(len\)(?<old>\d+) -> (?<new>\d+)(?: #(?<owner>\d+))?(?: \[T\d+\])?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Length { get; }

    [GeneratedRegex(@"^ *\d+ +(upd|apd|pop) (?<member>_\.\S+) (?<old>.*?) -> ", RegexOptions.ExplicitCapture)]
    private static partial Regex LocalEvent { get; }

    [GeneratedRegex(@"^STATE (?<serial>\d+) (?<member>[^=]+)=(?<value>.*)$")]
    private static partial Regex State { get; }

    [GeneratedRegex(@"^[A-Za-z0-9<>, ?\[\]]+#(?<id>\d+)$")]
    private static partial Regex Reference { get; }

    [GeneratedRegex(@"^\((List|Dictionary|HashSet|int)[^)]*\)\[(?<elements>.*)\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Collection { get; }

    /// <summary>The local variables that lambdas or local functions store to: whose they are a trace does not tell.</summary>
    private static HashSet<string> Captured(string tracePath)
    {
        var calls = new ReplayedCalls();
        var methods = new Dictionary<string, string>();
        var captured = new HashSet<string>();
        foreach (string line in File.ReadLines(tracePath))
        {
            if (calls.Read(line) || LocalEvent.Match(line) is not { Success: true } local || calls.Innermost is not { } call)
                continue;
            string name = Source(call.Method) + local.Groups["member"].Value;
            string variable = local.Groups["member"].Value;
            bool isNew = call.Locals.TryAdd(variable, "");
            // Not an argument of this lambda, and told to be something, or another lambda of the method may be the one around it.
            bool isOuters = isNew && call.Method != Source(call.Method) && (!_defaults.Contains(local.Groups["old"].Value)
                || calls.Open.Skip(1).Any(outer => outer.Method != Source(call.Method) && Source(outer.Method) == Source(call.Method)));
            if (isOuters || (!methods.TryAdd(name, call.Method) && methods[name] != call.Method))
                captured.Add(name);
        }

        return captured;
    }

    /// <summary>The method of a class in which a lambda or a local function stands.</summary>
    private static string Source(string method) => string.Join('.', method.Split('.').Take(2));

    private void Read(string line)
    {
        if (_calls.Read(line))
            return;
        if (Update.Match(line) is { Success: true } update)
        {
            string member = update.Groups["member"].Value;
            string owner = update.Groups["owner"].Value;
            string before = Canonical(update.Groups["old"].Value);
            string after = Canonical(update.Groups["new"].Value);
            if (member.StartsWith("_.", StringComparison.Ordinal))
                StoreLocal(member, before, after, line);
            else if (owner.Length > 0
                || member.StartsWith("@.", StringComparison.Ordinal)) // else of a structure, whose place is reported too
                Store(owner, member, before, after, line);
        }
        else if (Length.Match(line) is { Success: true } length)
        {
            string member = length.Groups["member"].Value;
            string before = $"[{length.Groups["old"].Value}]";
            string after = $"[{length.Groups["new"].Value}]";
            if (member.StartsWith("_.", StringComparison.Ordinal))
                StoreLocal(member, before, after, line);
            else
                Store(length.Groups["owner"].Value, member, before, after, line);
        }
    }

    private void Store(string owner, string member, string before, string after, string line)
    {
        bool known = _state.TryGetValue((owner, member), out string? current);
        if (known ? current != before : !_defaults.Contains(before))
            _faults.Add($"{line.Trim()}: it was {current ?? "never stored"}");
        _state[(owner, member)] = after;
    }

    /// <summary>A variable that is declared in a loop may be another one each time.</summary>
    private void StoreLocal(string member, string before, string after, string line)
    {
        if (_calls.Innermost is not { IsKnown: true } call || _captured.Contains(Source(call.Method) + member))
            return;
        bool known = call.Locals.TryGetValue(member, out string? current);
        if (!_defaults.Contains(before) && current != before)
            _faults.Add($"{line.Trim()}: it was {(known ? current : "never stored")}");
        call.Locals[member] = after;
    }

    private void Compare(string output)
    {
        Dictionary<string, string> serials = _state.Where(entry => entry.Key.Member == "Tracked.Serial")
            .ToDictionary(entry => entry.Value, entry => entry.Key.Owner);
        Dictionary<string, string> ids = serials.ToDictionary(entry => entry.Value, entry => entry.Key);
        var compared = new HashSet<string>();
        foreach (Match match in output.Split('\n').Select(line => State.Match(line)).Where(match => match.Success))
        {
            string serial = match.Groups["serial"].Value;
            string member = match.Groups["member"].Value;
            string expected = match.Groups["value"].Value;
            string owner = "";
            if (serial != "0")
                compared.Add(serial);
            if (serial != "0" && !serials.TryGetValue(serial, out owner!))
            {
                _faults.Add($"object {serial} is not in the trace");
                continue;
            }

            bool known = _state.TryGetValue((owner, member), out string? replayed);
            if (known && replayed![0] == '#')
                replayed = ids.TryGetValue(replayed[1..], out string? other) ? "#" + other : replayed;
            if (known ? replayed != expected : !_defaults.Contains(expected))
                _faults.Add($"{member} of {serial} (#{owner}) is {expected} at the end, but {replayed ?? "never stored"} in the trace");
        }

        // A program whose constructors all throw has no objects to tell of.
        if (!output.Contains($"\nEND {compared.Count}\n", StringComparison.Ordinal))
            _faults.Add($"the program tells of {compared.Count} objects: {output.TrimEnd().Split('\n')[^1]}");
    }

    private static string Canonical(string value)
    {
        if (Reference.Match(value) is { Success: true } reference)
            return "#" + reference.Groups["id"].Value;
        if (Collection.Match(value) is not { Success: true } collection)
            return value;
        string elements = collection.Groups["elements"].Value;
        if (elements.Length == 0)
            return "[0]";
        int count = elements.Count(character => character == ',') + 1;
        if (MoreElements.Match(elements) is { Success: true } more)
            count += int.Parse(more.Groups["count"].Value, CultureInfo.InvariantCulture) - 1;
        return $"[{count}]";
    }

    [GeneratedRegex(@"'\.\.\. \((?<count>\d+) more elements?\)'$")]
    private static partial Regex MoreElements { get; }
}
