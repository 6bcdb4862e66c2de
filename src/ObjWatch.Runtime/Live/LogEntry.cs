using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using ObjWatch.Trace.Rendering;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Live;

/// <summary>One event as loggers take it: named values, and the line that text would show.</summary>
internal sealed class LogEntry : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _values = new(12);
    private readonly string _message;

    public LogEntry(in TraceEvent happened)
    {
        Event = LogWriter.Text(happened.Kind.Label());
        string name = LogWriter.Text(happened.Name);
        (string type, string member) = Parts(happened, name);
        Add("event", Event);
        Add("type", type);
        Add("member", member);
        string rest = AddValues(happened);
        if (happened.Object != 0)
            Add("object", happened.Object);
        if (happened.Rank >= 0)
            Add("rank", happened.Rank);
        Add("thread", happened.Thread);
        Add("depth", happened.Depth);
        Add("line", happened.Line);
        if (happened.Method?.File is { } file)
            Add("file", LogWriter.Text(file));
        _message = Event + " " + name + rest;
        Add("{OriginalFormat}", _message);
    }

    /// <summary>What happened.</summary>
    public string Event { get; }

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _message;

    private string AddValues(in TraceEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.Run:
                string arguments = LogWriter.Text(happened.Message);
                Add("arguments", arguments);
                return " <- " + arguments;
            case EventKind.Await or EventKind.Resume:
                string yielded = LogWriter.Text(happened.Message);
                if (yielded.Length == 0)
                    return "";
                Add("yielded", yielded);
                return " -> " + yielded;
            case EventKind.End:
                string result = LogWriter.Text(happened.Message);
                Add("result", result);
                Add("failed", happened.Failed);
                return " -> " + result;
            case EventKind.Update:
                string before = LogWriter.Text(happened.Old), after = LogWriter.Text(happened.New);
                Add("old", before);
                Add("new", after);
                return " " + before + " -> " + after + Owner(happened);
            case EventKind.Lost:
                Add("count", happened.Count);
                return " " + happened.Count.ToString(CultureInfo.InvariantCulture);
            default:
                string collection = LogWriter.Text(happened.CollectionType);
                Add("collection", collection);
                Add("old", happened.OldLength);
                Add("new", happened.NewLength);
                return string.Format(CultureInfo.InvariantCulture, " ({0})(len){1} -> {2}{3}", collection, happened.OldLength, happened.NewLength, Owner(happened));
        }
    }

    private static string Owner(in TraceEvent happened) =>
        happened.Object == 0 ? "" : " #" + happened.Object.ToString(CultureInfo.InvariantCulture);

    /// <summary>The type and the member of it that an event is about; a local's are the type of its method and its own name.</summary>
    private static (string Type, string Member) Parts(in TraceEvent happened, string name)
    {
        string type = happened.Method is { } method ? LogWriter.Text(method.TypeName) : "";
        if (happened.Kind is EventKind.Run or EventKind.End or EventKind.Await or EventKind.Resume)
            return (type, happened.Method is { } called ? LogWriter.Text(called.MemberName) : name);
        if (name.StartsWith("_.", System.StringComparison.Ordinal))
            return (type, name.Substring(2));
        string plain = name.StartsWith("@.", System.StringComparison.Ordinal) ? name.Substring(2) : name;
        int dot = plain.LastIndexOf('.');
        return dot < 0 ? (type, plain) : (plain.Substring(0, dot), plain.Substring(dot + 1));
    }

    private void Add(string name, object? value) => _values.Add(new KeyValuePair<string, object?>(name, value));
}
