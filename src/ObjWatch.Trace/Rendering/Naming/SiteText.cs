using System;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>A site's names as they stand in a line.</summary>
internal sealed class SiteText
{
    private (TraceEventKind Kind, byte[]? Text) _heading;
    private (TraceEventKind Kind, byte[]? Text) _otherHeading;

    public SiteText(int line, MethodText? method, MemberEntry? member)
    {
        Line = Math.Max(0, line);
        Method = method;
        if (member is not null)
            Member = Names.Safe(Names.Of(member));
    }

    /// <summary>The statement's line, or 0.</summary>
    public int Line { get; }

    /// <summary>The method that holds the site.</summary>
    public MethodText? Method { get; }

    /// <summary>The member, with its prefix; <see langword="null"/> for a method's own site.</summary>
    public byte[]? Member { get; }

    /// <summary>How lines of a kind of event at this site begin, behind their indentation: label, name and what follows. Kept, because most
    /// sites have one or two kinds of events, and millions of them.</summary>
    /// <param name="kind">The kind of event.</param>
    /// <param name="name">The name: the same for each call with this kind.</param>
    /// <param name="behind">What stands behind it: the same, too.</param>
    public byte[] Heading(TraceEventKind kind, byte[] name, ReadOnlySpan<byte> behind)
    {
        if (_heading.Kind == kind && _heading.Text is { } text)
            return text;
        if (_otherHeading.Kind == kind && _otherHeading.Text is { } other)
            return other;
        _otherHeading = _heading;
        byte[] heading = [.. kind.Label(), (byte)' ', .. name, .. behind];
        _heading = (kind, heading);
        return heading;
    }
}
