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
    private string? _thread;
    private bool _several;

    public LineBuilder(Action<string> take) => _take = take;

    public void Run(string line, string depth, string name, string message, string thread) => Add(line, depth, $"run {name} <- {message}", "0", thread);

    public void End(string line, string depth, string name, string message, string thread) => Add(line, depth, $"end {name} -> {message}", "0", thread);

    public void Resume(string line, string depth, string name, string thread) => Add(line, depth, $"rsm {name}", "0", thread);

    public void Await(string line, string depth, string name, string? value, string thread) =>
        Add(line, depth, $"awt {name}{(value is null ? "" : " -> " + value)}", "0", thread);

    public void Update(string line, string depth, string name, string before, string after, string? owner, string thread) =>
        Add(line, depth, $"upd {name} {before} -> {after}", owner, thread);

    public void Length(string kind, string line, string depth, string name, string type, string before, string after, string? owner, string thread) =>
        Add(line, depth, $"{kind} {name} ({type})(len){before} -> {after}", owner, thread);

    public void Lost(string count, string depth, string thread) =>
        Add("0", depth, count == "1" ? "# 1 event was not recorded" : $"# {count} events were not recorded", null, thread);

    private void Add(string line, string depth, string what, string? owner, string thread)
    {
        _several |= _thread is not null && _thread != thread;
        _thread = thread;
        string indentation = new(' ', 2 * int.Parse(depth, CultureInfo.InvariantCulture));
        string number = owner is null or "0" ? "" : " #" + owner;
        _take($"{line,5} {indentation}{what}{number}{(_several ? $" [T{thread}]" : "")}");
    }
}
