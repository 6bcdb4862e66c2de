using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Live;

/// <summary>One event as loggers take it: named values, and the line that text would show.</summary>
internal sealed class LogEntry : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _values = new(12);
    private readonly string _message;

    public LogEntry(in NamedEvent happened)
    {
        Event = Utf8Text.Of(happened.Kind.Label());
        string name = Utf8Text.Of(happened.Name);
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
            Add("file", Utf8Text.Of(file));
        if (happened.Recorded.IsSeenLater)
            Add("seen_later", true);
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

    /// <summary>Adds the values.</summary>
    /// <returns>What a line of text shows of them behind the name.</returns>
    private string AddValues(in NamedEvent happened) => happened.Kind switch
    {
        TraceEventKind.MethodEntered => " <- " + Add("arguments", happened.Message),
        TraceEventKind.MethodSuspended or TraceEventKind.MethodResumed =>
            happened.Message.IsEmpty ? "" : " -> " + Add("yielded", happened.Message),
        TraceEventKind.MethodLeft => AddResult(happened),
        TraceEventKind.MemberChanged => " " + Add("old", happened.Old) + " -> " + Add("new", happened.New) + Owner(happened),
        TraceEventKind.CollectionGrew or TraceEventKind.CollectionShrank => AddLengths(happened) + Owner(happened),
        TraceEventKind.ElementChanged => "[" + Add("element", happened.Element) + "] " + Add("old", happened.Old)
            + " -> " + Add("new", happened.New) + Owner(happened),
        TraceEventKind.ElementAdded => AddLengths(happened) + AddElement(happened) + Add("element_new", happened.New) + Owner(happened),
        TraceEventKind.ElementRemoved => AddLengths(happened) + AddElement(happened) + Add("element_old", happened.Old) + Owner(happened),
        TraceEventKind.CollectionChanged => AddLengths(happened) + ", " + AddCount("changed", happened) + " changed, ["
            + Add("element", happened.Element) + "] " + Add("element_old", happened.Old)
            + " -> " + Add("element_new", happened.New) + Owner(happened),
        TraceEventKind.ContentsKnown => " " + Add("contents", happened.Contents) + Owner(happened),
        TraceEventKind.LineReached => "",
        TraceEventKind.OutputWritten => " " + Add("text", happened.Message),
        TraceEventKind.TestBegun => "",
        TraceEventKind.TestEnded =>
            " " + Add("outcome", EventKinds.Outcome(happened.Recorded.Detail)) + ": " + Add("message", happened.Message),
        TraceEventKind.EventsLost => " " + AddCount("count", happened),
    };

    private string AddResult(in NamedEvent happened)
    {
        string result = Add("result", happened.Message);
        Add("failed", happened.Failed);
        return " -> " + result;
    }

    private string AddLengths(in NamedEvent happened)
    {
        string collection = Add("collection", happened.CollectionType);
        Add("old", happened.Recorded.OldLength);
        Add("new", happened.Recorded.NewLength);
        return string.Format(
            CultureInfo.InvariantCulture, " ({0})(len){1} -> {2}", collection, happened.Recorded.OldLength, happened.Recorded.NewLength);
    }

    private string AddElement(in NamedEvent happened) => happened.Element.IsEmpty ? " " : " [" + Add("element", happened.Element) + "] = ";

    private string AddCount(string name, in NamedEvent happened)
    {
        Add(name, happened.Recorded.Count);
        return happened.Recorded.Count.ToString(CultureInfo.InvariantCulture);
    }

    private string Add(string name, ReadOnlySpan<byte> text)
    {
        string value = Utf8Text.Of(text);
        Add(name, (object)value);
        return value;
    }

    private static string Owner(in NamedEvent happened) =>
        happened.Object == 0 ? "" : " #" + happened.Object.ToString(CultureInfo.InvariantCulture);

    /// <summary>The type and the member of it that an event is about; a local's are the type of its method and its own name.</summary>
    private static (string Type, string Member) Parts(in NamedEvent happened, string name)
    {
        string type = happened.Method is { } method ? Utf8Text.Of(method.TypeName) : "";
        if (happened.Kind is TraceEventKind.MethodEntered or TraceEventKind.MethodLeft or TraceEventKind.MethodSuspended
            or TraceEventKind.MethodResumed)
            return (type, happened.Method is { } called ? Utf8Text.Of(called.MemberName) : name);
        if (name.StartsWith("_.", StringComparison.Ordinal))
            return (type, name.Substring(2));
        string plain = name.StartsWith("@.", StringComparison.Ordinal) ? name.Substring(2) : name;
        int dot = plain.LastIndexOf('.');
        return dot < 0 ? (type, plain) : (plain.Substring(0, dot), plain.Substring(dot + 1));
    }

    private void Add(string name, object? value) => _values.Add(new KeyValuePair<string, object?>(name, value));
}
