using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Globalization;

namespace ObjWatch.Testing.Formats;

/// <summary>Puts together the line of text that an event of another format stands for.</summary>
internal sealed class LineBuilder
{
    private readonly Action<string> _take;
    private Place? _last;
    private bool _several;

    public LineBuilder(Action<string> take) => _take = take;

    public void Run(string line, string depth, string name, string message, Place place) =>
        Add(line, depth, $"run {name} <- {message}", "0", place);

    public void End(string line, string depth, string name, string message, Place place) =>
        Add(line, depth, $"end {name} -> {message}", "0", place);

    public void Resume(string line, string depth, string name, Place place) => Add(line, depth, $"rsm {name}", "0", place);

    public void Await(string line, string depth, string name, string? value, Place place) =>
        Add(line, depth, $"awt {name}{(value is null ? "" : " -> " + value)}", "0", place);

    public void Update(string line, string depth, string name, string before, string after, string? owner, Place place) =>
        Add(line, depth, $"upd {name} {before} -> {after}", owner, place);

    public void Length(string kind, string line, string depth, string name, string type, string before, string after, string? owner,
        Place place) =>
        Add(line, depth, $"{kind} {name} ({type})(len){before} -> {after}", owner, place);

    public void Lost(string count, string depth, Place place) =>
        Add("0", depth, count == "1" ? "# 1 event was not recorded" : $"# {count} events were not recorded", null, place);

    private void Add(string line, string depth, string what, string? owner, Place place)
    {
        if (place.Rank != _last?.Rank)
            _several = false;
        else
            _several |= _last is not null && _last != place;
        _last = place;
        string rank = place.Rank is null ? "" : $"[#{place.Rank}] ";
        string indentation = new(' ', 2 * int.Parse(depth, CultureInfo.InvariantCulture));
        string number = owner is null or "0" ? "" : " #" + owner;
        _take($"{rank}{line,5} {indentation}{what}{number}{(_several ? $" [T{place.Thread}]" : "")}");
    }
}
