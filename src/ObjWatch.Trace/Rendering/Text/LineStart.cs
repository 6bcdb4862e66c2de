using System;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes what a line begins with: <c>{line,5} {two spaces per depth}{event} {name}</c>.</summary>
internal sealed class LineStart
{
    private const int LineWidth = 5;

    private readonly Utf8Buffer _buffer;
    private readonly ThreadFrames _threads;

    /// <param name="buffer">Takes the lines.</param>
    /// <param name="threads">The open invocations.</param>
    public LineStart(Utf8Buffer buffer, ThreadFrames threads)
    {
        _buffer = buffer;
        _threads = threads;
    }

    /// <summary>What is shown of events.</summary>
    public TextStyle? Style { get; set; }

    /// <summary>What stands in front of each line; <see langword="null"/>: nothing.</summary>
    public LinePrefix? Prefix { get; set; }

    /// <summary>The rank in front of each line; empty where there is none.</summary>
    public byte[] RankPrefix { get; set; } = [];

    /// <summary>Writes it up to the name.</summary>
    /// <param name="kind">The kind of the event.</param>
    /// <param name="site">The site that has the name; <see langword="null"/> where the trace does not define it.</param>
    /// <param name="number">The number of that site.</param>
    /// <param name="name">The name; <see langword="null"/> where the site has none.</param>
    /// <param name="line">The line.</param>
    /// <param name="depth">The depth.</param>
    /// <param name="behind">What stands behind the name: the same for each event of a kind.</param>
    public void Write(TraceEventKind kind, SiteText? site, uint number, byte[]? name, int line, int depth, ReadOnlySpan<byte> behind)
    {
        if (site is not null && name is not null)
        {
            Write(line, depth, site.Heading(kind, name, behind));
            return;
        }

        Write(line, depth, kind.Label());
        _buffer.Append((byte)' ');
        WriteUnknownSite(number);
        _buffer.Append(behind);
    }

    /// <summary>Writes it up to the event.</summary>
    public void Write(int line, int depth, ReadOnlySpan<byte> what)
    {
        Prefix?.Write(_buffer, _threads.Last?.Ticks ?? 0);
        if (RankPrefix.Length > 0)
            _buffer.Append(RankPrefix);
        _buffer.AppendAligned(line, LineWidth);
        _buffer.Append((byte)' ');
        _buffer.AppendSpaces(2 * depth);
        _buffer.Append(what);
    }

    /// <summary>Writes the name of the method at a site.</summary>
    public void WriteMethod(SiteText? site, uint number)
    {
        if (NameOf(site?.Method) is { } name)
            _buffer.Append(name);
        else
            WriteUnknownSite(number);
    }

    /// <summary>What a method is called.</summary>
    public byte[]? NameOf(MethodText? method) => Style is { ModulePath: false } ? method?.NameInModule : method?.Name;

    /// <summary>Writes the name of the member at a site.</summary>
    public void WriteMember(SiteText? site, uint number)
    {
        if (site?.Member is { } member)
            _buffer.Append(member);
        else
            WriteUnknownSite(number);
    }

    private void WriteUnknownSite(uint number)
    {
        _buffer.Append("?site "u8);
        _buffer.Append((long)number);
    }
}
