using System;
using System.Collections.Generic;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Trace;

/// <summary>Makes an object of each event.</summary>
internal sealed class TraceEventMaker : IEventWriter
{
    private const long NanosecondsPerTick = 100;

    private readonly Dictionary<MethodText, (string Name, string? File)> _methods = [];
    private TraceEvent? _made;

    /// <summary>Takes the event that was written last.</summary>
    public TraceEvent Take()
    {
        TraceEvent made = _made!;
        _made = null;
        return made;
    }

    void IEventWriter.Begin(TraceReader trace, Names names, TextStyle style)
    {
    }

    void IEventWriter.WriteRun(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteEnd(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteChange(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteLine(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteOutput(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteTest(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteLost(in NamedEvent happened) => Make(happened);

    void IEventWriter.WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count)
    {
    }

    void IEventWriter.Flush()
    {
    }

    void IEventWriter.End()
    {
    }

    private void Make(in NamedEvent happened)
    {
        RecordedEvent recorded = happened.Recorded;
        TraceEventKind kind = happened.Kind;
        (string? method, string? file) = MethodOf(happened, kind);
        bool isCall = IsCall(kind);
        bool isTest = kind is TraceEventKind.TestBegun or TraceEventKind.TestEnded;
        bool isOutput = kind == TraceEventKind.OutputWritten;
        bool hasMember = !isCall && !isTest && !isOutput && kind is not (TraceEventKind.LineReached or TraceEventKind.EventsLost);
        bool hasLengths = !happened.CollectionType.IsEmpty;
        bool hasContents = kind == TraceEventKind.ContentsKnown;
        _made = new TraceEvent
        {
            Kind = kind,
            Thread = happened.Thread,
            Ordinal = recorded.Ordinal > 0 ? recorded.Ordinal : null,
            Rank = happened.Rank >= 0 ? happened.Rank : null,
            Time = recorded.Ticks == 0 ? null : TimeSpan.FromTicks(happened.Nanoseconds / NanosecondsPerTick),
            Depth = happened.Depth,
            File = file,
            Line = happened.Line > 0 ? happened.Line : null,
            Method = method,
            Member = hasMember ? Text(happened.Name) : null,
            ObjectNumber = happened.Object > 0 ? happened.Object : null,
            Arguments = kind == TraceEventKind.MethodEntered ? Text(happened.Message) : null,
            Result = kind is TraceEventKind.MethodLeft or TraceEventKind.MethodSuspended ? Text(happened.Message) : null,
            Failed = happened.Failed,
            Old = happened.HasOld ? Text(happened.Old) ?? "" : null,
            New = happened.HasNew ? Text(happened.New) ?? "" : null,
            IsSeenLater = recorded.IsSeenLater,
            Element = Text(happened.Element),
            CollectionNumber = happened.Collection > 0 ? happened.Collection : null,
            CollectionType = Text(happened.CollectionType),
            OldLength = hasLengths ? recorded.OldLength : null,
            NewLength = hasLengths ? recorded.NewLength : null,
            Contents = Text(happened.Contents),
            First = hasContents ? recorded.First : null,
            Count = hasContents || kind is TraceEventKind.CollectionChanged or TraceEventKind.EventsLost
            ? (long)Math.Min(recorded.Count, long.MaxValue) : null,
            Channel = isOutput ? Text(happened.Name) : null,
            Text = isOutput || kind == TraceEventKind.TestEnded ? Text(happened.Message) : null,
            Test = isTest ? Text(happened.Name) : null,
            Outcome = kind == TraceEventKind.TestEnded ? Text(EventKinds.Outcome(recorded.Detail)) : null,
            Activity = recorded.ActivityTrace == Guid.Empty ? null : Text(ActivityText.Of(recorded)),
            Flow = recorded.AsyncFlow == 0 ? null : (long)recorded.AsyncFlow,
        };
    }

    private static bool IsCall(TraceEventKind kind) =>
        kind is TraceEventKind.MethodEntered or TraceEventKind.MethodLeft or TraceEventKind.MethodSuspended or TraceEventKind.MethodResumed;

    /// <summary>The method's name, the same string each time: a trace has millions of events in hundreds of methods.</summary>
    private (string? Name, string? File) MethodOf(in NamedEvent happened, TraceEventKind kind)
    {
        if (happened.Method is not { } method)
        {
            bool isNamed = IsCall(kind) || kind == TraceEventKind.LineReached;
            return (isNamed ? Text(happened.Name) : null, null);
        }

        if (!_methods.TryGetValue(method, out (string Name, string? File) names))
            _methods.Add(method, names = (Text(method.Name)!, Text(method.File)));
        return names;
    }

    private static string? Text(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Utf8Text.Of(text);
}
