using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>Replays the stores of a text trace, and compares what they lead to with what the program says of its objects at its end.</summary>
internal sealed partial class Replay
{
    private static readonly string[] _defaults = ["0", "null", "false", "Red", "Point { X = 0, Y = 0 }", "(0, null)"];

    // By object ("" for statics) and member: the text of the value; of a collection its length.
    private readonly Dictionary<(string Owner, string Member), string> _state = new();
    private readonly HashSet<(string Owner, string Member)> _stored = new();
    private readonly List<string> _faults = new();

    /// <summary>What does not fit; empty when all is well.</summary>
    public static IReadOnlyList<string> Faults(string tracePath, string output)
    {
        var replay = new Replay();
        foreach (string line in File.ReadLines(tracePath))
            replay.Read(line);
        replay.Compare(output);
        return replay._faults;
    }

    [GeneratedRegex(@"^ *\d+ +upd (?<member>\S+) (?<old>.*) -> (?<new>.*?)(?: #(?<owner>\d+))?(?: \[T\d+\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Update { get; }

    [GeneratedRegex(@"^ *\d+ +(apd|pop) (?<member>\S+) \(.+\)\(len\)(?<old>\d+) -> (?<new>\d+)(?: #(?<owner>\d+))?(?: \[T\d+\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Length { get; }

    [GeneratedRegex(@"^STATE (?<serial>\d+) (?<member>[^=]+)=(?<value>.*)$")]
    private static partial Regex State { get; }

    [GeneratedRegex(@"^[A-Za-z0-9<>, ?\[\]]+#(?<id>\d+)$")]
    private static partial Regex Reference { get; }

    [GeneratedRegex(@"^\((List|Dictionary|HashSet|int)[^)]*\)\[(?<elements>.*)\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Collection { get; }

    private void Read(string line)
    {
        if (Update.Match(line) is { Success: true } update)
        {
            string member = update.Groups["member"].Value;
            if (member.StartsWith("_.", StringComparison.Ordinal))
                return;
            string owner = update.Groups["owner"].Value;
            if (owner.Length == 0 && !member.StartsWith("@.", StringComparison.Ordinal))
                return; // of a structure, whose place is reported too
            Store(owner, member, Canonical(update.Groups["old"].Value), Canonical(update.Groups["new"].Value), line);
            _stored.Add((owner, member));
        }
        else if (Length.Match(line) is { Success: true } length && !length.Groups["member"].Value.StartsWith("_.", StringComparison.Ordinal))
        {
            Store(length.Groups["owner"].Value, length.Groups["member"].Value, $"[{length.Groups["old"].Value}]", $"[{length.Groups["new"].Value}]", line);
            _stored.Remove((length.Groups["owner"].Value, length.Groups["member"].Value));
        }
    }

    private void Store(string owner, string member, string before, string after, string line)
    {
        bool known = _state.TryGetValue((owner, member), out string? current);
        // The contents of a collection may have changed since they were last looked at.
        // A statement that takes a member's address tells at its end what has become of it, also where a method it called has told that already.
        bool fits = before[0] == '[' ? current?[0] == '[' : known ? current == before || current == after : _defaults.Contains(before);
        if (!fits)
            _faults.Add($"{line.Trim()}: it was {current ?? "never stored"}");
        _state[(owner, member)] = after;
    }

    private void Compare(string output)
    {
        Dictionary<string, string> serials = _state.Where(entry => entry.Key.Member == "Tracked.Serial").ToDictionary(entry => entry.Value, entry => entry.Key.Owner);
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
            // What a static holds is not measured, and in a lambda not what a field holds: a collection stored there counts from the next look on.
            if (expected[0] == '[' && replayed?[0] == '[' && (owner.Length == 0 || _stored.Contains((owner, member))))
                continue;
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
