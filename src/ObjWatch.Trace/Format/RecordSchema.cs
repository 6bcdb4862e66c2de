using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>
/// Which records there are, and what is in them: declared here and nowhere else. The reader decodes and recovers by it,
/// docs/trace-format.md is held against it by a test, and so is what the recorder writes.
/// </summary>
/// <remarks>
/// A record leaves out what can be told from those before it in its stream. The <em>last owner</em> is that of the last record that states
/// one, or the first value of the last Run where that is an Object. The <em>last time</em> is that of the last record with a time. The
/// <em>open depth</em> is one more than that of a Run or Resume, and that of an End, Failed or Await: a Run without a depth has the open
/// depth, the others have one less.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecordSchema
{
    private const int Codes = 256;
    private const int CodeShiftInVersion1 = 16;

    private readonly RecordCode?[] _byCode = new RecordCode?[Codes];
    private readonly bool _isVersion1;
    private readonly int _codeShift;

    private RecordSchema(uint version, int chunkHeaderSize, RecordLayout[] layouts)
    {
        Version = version;
        ChunkHeaderSize = chunkHeaderSize;
        Layouts = layouts;
        _isVersion1 = version == TraceFormat.Version1;
        _codeShift = _isVersion1 ? CodeShiftInVersion1 : 0;
        foreach (RecordLayout layout in layouts)
        {
            int codes = _isVersion1 ? 1 : layout.Kind switch
            {
                RecordKind.Store => Codes - layout.Code,
                RecordKind.Run => (int)(RecordHead.Stated | RecordHead.Flow) + 1,
                RecordKind.End or RecordKind.Failed or RecordKind.Await or RecordKind.Resume => (int)RecordHead.Stated + 1,
                _ => 1,
            };
            for (int code = layout.Code; code < layout.Code + codes; code++)
            {
                if (layout.Kind != RecordKind.Store || StoreCode.RecordSize((uint)code) > 0)
                    _byCode[code] = new RecordCode(layout, (byte)code);
            }
        }
    }

    /// <summary>The format that is written.</summary>
    public static RecordSchema Current { get; } = new(TraceFormat.Version, ChunkHeader.Size,
    [
        new(RecordKind.EndOfChunk, 1, RecordRole.Everywhere, RecordSizing.Head24, new RecordField(FieldName.Check, FieldType.U32)),
        new(RecordKind.EventsLost, 2, RecordRole.Control, RecordSizing.Head24, new RecordField(FieldName.Count, FieldType.U64)),
        new(RecordKind.OtherThread, 3, RecordRole.Control, RecordSizing.Head24,
            new(FieldName.Thread, FieldType.U32), new(FieldName.Ticks, FieldType.U64), new(FieldName.ManagedThread, FieldType.U32)),
        new(RecordKind.Rank, 4, RecordRole.Control, RecordSizing.Head24, new RecordField(FieldName.Rank, FieldType.U32)),
        new(RecordKind.Safepoint, 5, RecordRole.Control, RecordSizing.Head24,
            new(FieldName.Magic, FieldType.U32), new(FieldName.Check, FieldType.U32), new(FieldName.Depth, FieldType.U32),
            new(FieldName.Ticks, FieldType.U64), new(FieldName.Owner, FieldType.U64), new(FieldName.Ordinal, FieldType.U64)),
        new(RecordKind.Output, 8, RecordRole.Event, RecordSizing.Head24,
            new(FieldName.Ticks, FieldType.U64), new(FieldName.Channel, FieldType.U8), new(FieldName.Text, FieldType.Value)),
        new(RecordKind.TestBegun, 9, RecordRole.Event, RecordSizing.Head24, new(FieldName.Ticks, FieldType.U64),
            new(FieldName.Name, FieldType.Value)),
        new(RecordKind.TestEnded, 10, RecordRole.Event, RecordSizing.Head24,
            new(FieldName.Ticks, FieldType.U64), new(FieldName.Outcome, FieldType.U8), new(FieldName.Name, FieldType.Value),
            new(FieldName.Text, FieldType.Value)),
        .. Definitions(RecordSizing.Head24, new RecordField(FieldName.Check, FieldType.U32)),
        new(RecordKind.SourceChecksum, 23, RecordRole.Definition, RecordSizing.Head24,
            new(FieldName.Number, FieldType.U32), new(FieldName.File, FieldType.U32), new(FieldName.Algorithm, FieldType.U8),
            new(FieldName.Bytes, FieldType.U8),
            new(FieldName.Check, FieldType.Rest)),
        Change(RecordKind.Update, new(FieldName.Old, FieldType.Value), new(FieldName.New, FieldType.Value)),
        Change(RecordKind.Length, new(FieldName.OldLength, FieldType.U32), new(FieldName.NewLength, FieldType.U32),
            new(FieldName.Type, FieldType.U32)),
        Change(RecordKind.ElementStored,
            new(FieldName.Collection, FieldType.U64), new(FieldName.KnownBy, FieldType.U32),
            new(FieldName.Part, FieldType.U32, FieldPresence.PartStated),
            new(FieldName.Element, FieldType.Value), new(FieldName.Old, FieldType.Value), new(FieldName.New, FieldType.Value)),
        Change(RecordKind.ElementAdded,
            new(FieldName.Collection, FieldType.U64), new(FieldName.KnownBy, FieldType.U32), new(FieldName.OldLength, FieldType.U32),
            new(FieldName.NewLength, FieldType.U32), new(FieldName.Type, FieldType.U32), new(FieldName.Element, FieldType.Value),
            new(FieldName.New, FieldType.Value)),
        Change(RecordKind.ElementRemoved,
            new(FieldName.Collection, FieldType.U64), new(FieldName.KnownBy, FieldType.U32), new(FieldName.OldLength, FieldType.U32),
            new(FieldName.NewLength, FieldType.U32), new(FieldName.Type, FieldType.U32), new(FieldName.Element, FieldType.Value),
            new(FieldName.Old, FieldType.Value)),
        Change(RecordKind.CollectionChanged,
            new(FieldName.Collection, FieldType.U64), new(FieldName.KnownBy, FieldType.U32), new(FieldName.OldLength, FieldType.U32),
            new(FieldName.NewLength, FieldType.U32), new(FieldName.Type, FieldType.U32), new(FieldName.Count, FieldType.U32),
            new(FieldName.Element, FieldType.Value),
            new(FieldName.Old, FieldType.Value), new(FieldName.New, FieldType.Value)),
        Change(RecordKind.Contents,
            new(FieldName.Collection, FieldType.U64), new(FieldName.KnownBy, FieldType.U32), new(FieldName.Count, FieldType.U32),
            new(FieldName.First, FieldType.U32), new(FieldName.Elements, FieldType.Value)),
        Call(RecordKind.Run,
            new(FieldName.ActivityTrace, FieldType.Id16, FieldPresence.Flow),
            new(FieldName.ActivitySpan, FieldType.U64, FieldPresence.Flow),
            new(FieldName.AsyncFlow, FieldType.U64, FieldPresence.Flow), new(FieldName.Line, FieldType.Line),
            new(FieldName.Arguments, FieldType.Values)),
        Call(RecordKind.End, new RecordField(FieldName.Result, FieldType.Value)),
        Call(RecordKind.Failed, new RecordField(FieldName.Result, FieldType.Value)),
        Call(RecordKind.Await, new(FieldName.Line, FieldType.Line), new(FieldName.Result, FieldType.Value)),
        Call(RecordKind.Resume, new(FieldName.Line, FieldType.Line), new(FieldName.Result, FieldType.Value)),
        new(RecordKind.Line, (byte)RecordKind.Line, RecordRole.Event, RecordSizing.Code),
        new(RecordKind.Store, (byte)RecordKind.Store, RecordRole.Event, RecordSizing.Code,
            new(FieldName.Owner, FieldType.Owner), new(FieldName.Old, FieldType.Bits), new(FieldName.New, FieldType.Bits)),
    ]);

    /// <summary>The format before, which is still read.</summary>
    internal static RecordSchema Version1 { get; } = new(TraceFormat.Version1, ChunkHeader.SizeInVersion1,
    [
        Timed(RecordKind.Run, 1,
            new(FieldName.Line, FieldType.U32), new(FieldName.Depth, FieldType.U32), new(FieldName.Arguments, FieldType.Values)),
        Timed(RecordKind.End, 2, new(FieldName.Depth, FieldType.U32), new(FieldName.Result, FieldType.Value)),
        Timed(RecordKind.Failed, 3, new(FieldName.Depth, FieldType.U32), new(FieldName.Result, FieldType.Value)),
        Owned(RecordKind.Update, 4, new(FieldName.Old, FieldType.Value), new(FieldName.New, FieldType.Value)),
        Owned(RecordKind.Update, 5, new(FieldName.Line, FieldType.U32), new(FieldName.Old, FieldType.Value),
            new(FieldName.New, FieldType.Value)),
        Owned(RecordKind.Length, 6, new(FieldName.OldLength, FieldType.U32), new(FieldName.NewLength, FieldType.U32),
            new(FieldName.Type, FieldType.U32)),
        new(RecordKind.EndOfChunk, 7, RecordRole.Everywhere, RecordSizing.Head16),
        new(RecordKind.EventsLost, 8, RecordRole.Control, RecordSizing.Head16, new RecordField(FieldName.Count, FieldType.U64)),
        Timed(RecordKind.Await, 9, new(FieldName.Depth, FieldType.U32), new(FieldName.Line, FieldType.U32),
            new(FieldName.Result, FieldType.Value)),
        Timed(RecordKind.Resume, 10, new(FieldName.Depth, FieldType.U32), new(FieldName.Line, FieldType.U32),
            new(FieldName.Result, FieldType.Value)),
        new(RecordKind.OtherThread, 11, RecordRole.Control, RecordSizing.Head16,
            new(FieldName.Thread, FieldType.U32), new(FieldName.Ticks, FieldType.U64), new(FieldName.ManagedThread, FieldType.U32)),
        new(RecordKind.Rank, 17, RecordRole.Control, RecordSizing.Head16, new RecordField(FieldName.Rank, FieldType.U32)),
        .. Definitions(RecordSizing.Head16),
    ]);

    /// <summary>The version of the format.</summary>
    public uint Version { get; }

    /// <summary>Bytes of a chunk's header.</summary>
    internal int ChunkHeaderSize { get; }

    /// <summary>All layouts.</summary>
    internal IReadOnlyList<RecordLayout> Layouts { get; }

    /// <summary>Whether records are left shorter by what can be told from those before, and safepoints say it in full.</summary>
    internal bool HasSafepoints => !_isVersion1;

    /// <summary>The schema of a version; <see langword="null"/> for one that this reader does not know.</summary>
    public static RecordSchema? Of(uint version) =>
        version == TraceFormat.Version ? Current : version == TraceFormat.Version1 ? Version1 : null;

    /// <summary>The layout of a record with a head; <see langword="null"/> where there is none.</summary>
    internal RecordLayout? LayoutOf(uint head) => CodeOf(head)?.Layout;

    /// <summary>What the code in a head says; <see langword="null"/> where there is no such record.</summary>
    internal RecordCode? CodeOf(uint head) => _byCode[(byte)(head >> _codeShift)];

    /// <summary>The head of what stands in a reader's buffer for bytes that it passes over: no record has this code.</summary>
    internal uint HeadOfSkipped(int size) => _isVersion1 ? (uint)size : (uint)size << RecordHead.SiteShift;

    /// <summary>The size in such a head; 0: it is another one.</summary>
    internal int SizeOfSkipped(uint head) =>
        _isVersion1 ? ((head >> 16) == 0 ? (int)head : 0) : (byte)head == 0 ? (int)(head >> RecordHead.SiteShift) : 0;

    /// <summary>Whether a head is that of the mark at the end of a chunk.</summary>
    internal bool IsEndOfChunk(uint head) =>
        CodeOf(head) is { Kind: RecordKind.EndOfChunk } end && SizeOf(end, head, 0) == end.Layout.SmallestSize;

    /// <summary>How many bytes a record has; 0: it is none.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="extent">The word behind it.</param>
    /// <param name="stream">The stream it stands in.</param>
    /// <param name="known">Whether it must be of a kind that this schema knows: what may be anything is taken for a record only
    /// then.</param>
    internal int Measure(uint head, uint extent, uint stream, bool known)
    {
        RecordCode? code = CodeOf(head);
        RecordLayout? layout = code?.Layout;
        if (layout is null
            ? known : layout.Kind == RecordKind.EndOfChunk || !layout.MayStandIn(stream) || (known && _isVersion1 && head >> 24 != 0))
            return 0;
        int size = code is null ? SizeOfUnknown(head, extent, stream) : SizeOf(code, head, extent);
        if (layout is { IsFixed: true } && size != layout.SmallestSize)
            return 0;
        int smallest = layout is null || (_isVersion1 && !known) ? sizeof(uint) : layout.SmallestSize;
        return size >= smallest && size % sizeof(uint) == 0 && size <= TraceFormat.MaximumRecordSize ? size : 0;
    }

    /// <summary>How many bytes a record has that has been measured before.</summary>
    internal static int SizeOf(RecordCode code, uint head, uint extent)
    {
        if (code.HasExtent)
            return RecordHead.SizeIn(extent);
        return code.Size > 0 ? code.Size : code.Layout.Sizing == RecordSizing.Head16
            ? (int)(head & 0xFFFF) : (int)(head >> RecordHead.SiteShift);
    }

    /// <summary>The size of a record of a kind that a later recorder may write: the code says where it stands.</summary>
    private int SizeOfUnknown(uint head, uint extent, uint stream)
    {
        const int FirstOfDefinitions1 = 32, BehindDefinitions1 = 64;
        if (_isVersion1)
        {
            int kind = (byte)(head >> 16);
            return kind > 0 && kind < BehindDefinitions1 && kind >= FirstOfDefinitions1 == (stream == 0) ? (int)(head & 0xFFFF) : 0;
        }

        uint code = (byte)head;
        if (code is > 0 and < (uint)RecordKind.Update)
            return (int)(head >> RecordHead.SiteShift);
        return stream != 0 && code is >= (uint)RecordKind.Update and < (uint)RecordKind.Line ? RecordHead.SizeIn(extent) : 0;
    }

    private static RecordLayout Call(RecordKind kind, params RecordField[] more) =>
        new(kind, (byte)kind, RecordRole.Event, RecordSizing.Extent,
        [new(FieldName.Ticks, FieldType.U64, FieldPresence.Stated), new(FieldName.Depth, FieldType.U32, FieldPresence.Stated), .. more]);

    private static RecordLayout Change(RecordKind kind, params RecordField[] more) =>
        new(kind, (byte)kind, RecordRole.Event, RecordSizing.Extent,
        [new(FieldName.Owner, FieldType.Owner), new(FieldName.Line, FieldType.U32, FieldPresence.LineStated), .. more]);

    private static RecordLayout Timed(RecordKind kind, byte code, params RecordField[] more) =>
        new(kind, code, RecordRole.Event, RecordSizing.Head16,
        [new(FieldName.Site, FieldType.U32), new(FieldName.Ticks, FieldType.U64), .. more]);

    private static RecordLayout Owned(RecordKind kind, byte code, params RecordField[] more) =>
        new(kind, code, RecordRole.Event, RecordSizing.Head16,
        [new(FieldName.Site, FieldType.U32), new(FieldName.Owner, FieldType.U64), .. more]);

    private static IEnumerable<RecordLayout> Definitions(RecordSizing sizing, params RecordField[] moreOfWritten)
    {
        bool first = sizing == RecordSizing.Head16;
        yield return Define(RecordKind.AssemblyPart, 32,
            new(FieldName.Number, FieldType.U32), new(FieldName.Total, FieldType.U32), new(FieldName.Offset, FieldType.U32),
            new(FieldName.Bytes, FieldType.U32),
            new(FieldName.Elements, FieldType.Rest));
        yield return Define(RecordKind.Type, 33,
            new(FieldName.Number, FieldType.U32), new(FieldName.Flags, FieldType.U8), new(FieldName.Name, FieldType.Text),
            new(FieldName.FullName, FieldType.Text),
            new(FieldName.Count, FieldType.U16), new(FieldName.Elements, FieldType.Rest));
        yield return Define(RecordKind.Thread, 34,
            new(FieldName.Thread, FieldType.U32), new(FieldName.ManagedThread, FieldType.U32), new(FieldName.Name, FieldType.Text));
        yield return Define(RecordKind.Fact, 35, new(FieldName.Key, FieldType.Text), new(FieldName.Text, FieldType.Text));
        yield return Define(RecordKind.Text, 36, new(FieldName.Number, FieldType.U32), new(FieldName.Text, FieldType.Text));
        yield return Define(RecordKind.LeftOut, 37, new(FieldName.Site, FieldType.U32), new(FieldName.Count, FieldType.U64));
        yield return Define(RecordKind.Written, 50,
            [new(FieldName.Offset, FieldType.U64), new(FieldName.Bytes, FieldType.U32), .. moreOfWritten]);

        RecordLayout Define(RecordKind kind, byte code, params RecordField[] fields) =>
            new(kind, first ? code : (byte)kind, RecordRole.Definition, sizing, fields);
    }
}
