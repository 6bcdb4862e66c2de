using System;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The members of a JSON object that are the same in every format made of JSON. docs/formats.md lists them.</summary>
internal static class EventMembers
{
    /// <summary>What a run belongs to: its activity and its flow.</summary>
    public static void WriteFlow(Utf8Buffer buffer, RecordedEvent run)
    {
        if (run.ActivityTrace != Guid.Empty)
            JsonText.Member(buffer, ",\"activity\":"u8, ActivityText.Of(run));
        if (run.AsyncFlow != 0)
            JsonText.Member(buffer, ",\"flow\":"u8, (long)run.AsyncFlow);
    }

    /// <summary>What came of a call, or that it was suspended. Begins without a comma.</summary>
    public static void WriteResult(Utf8Buffer buffer, in NamedEvent happened)
    {
        if (happened.Kind == TraceEventKind.MethodLeft)
            JsonText.Member(buffer, "\"return_msg\":"u8, happened.Message);
        else
            buffer.Append("\"suspended\":true"u8);
        if (happened.Kind == TraceEventKind.MethodSuspended && !happened.Message.IsEmpty)
            JsonText.Member(buffer, ",\"yielded\":"u8, happened.Message);
        JsonText.Member(buffer, ",\"end_line\":"u8, happened.Line);
        if (happened.Failed)
            buffer.Append(",\"failed\":true"u8);
    }

    /// <summary>What a change was from and to, as far as it is not a length: values, elements, contents.</summary>
    public static void WriteElements(Utf8Buffer buffer, in NamedEvent happened)
    {
        RecordedEvent recorded = happened.Recorded;
        bool hasLengths = !happened.CollectionType.IsEmpty;
        if (!happened.Element.IsEmpty)
            JsonText.Member(buffer, ",\"element\":"u8, happened.Element);
        if (happened.HasOld)
            JsonText.Member(buffer, hasLengths ? ",\"element_old\":"u8 : ",\"old\":"u8, happened.Old);
        if (happened.HasNew)
            JsonText.Member(buffer, hasLengths ? ",\"element_new\":"u8 : ",\"new\":"u8, happened.New);
        if (happened.Kind == TraceEventKind.CollectionChanged)
            JsonText.Member(buffer, ",\"changed\":"u8, (long)recorded.Count);
        if (!happened.Contents.IsEmpty)
        {
            JsonText.Member(buffer, ",\"contents\":"u8, happened.Contents);
            JsonText.Member(buffer, ",\"first\":"u8, recorded.First);
            JsonText.Member(buffer, ",\"len\":"u8, (long)recorded.Count);
        }

        if (happened.Collection != 0)
            JsonText.Member(buffer, ",\"collection\":"u8, happened.Collection);
        if (recorded.IsSeenLater)
            buffer.Append(",\"seen_later\":true"u8);
    }
}
