using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>Turns a record into an event, by the schema and by what the records before have said. The only one that does: whatever the form
/// of an output.</summary>
internal static class RecordDecoder
{
    /// <summary>Decodes a record.</summary>
    /// <param name="code">What its code says: that it is an event.</param>
    /// <param name="buffer">Holds it.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="state">What has been said before; afterwards with what this one says.</param>
    /// <param name="happened">Takes it.</param>
    public static void Decode(RecordCode code, byte[] buffer, int start, int size, ref RecordState state, RecordedEvent happened)
    {
        var cursor = new RecordCursor(new ReadOnlySpan<byte>(buffer, start, size));
        uint head = cursor.U32();
        uint extent = code.HasExtent ? cursor.U32() : 0;
        happened.Clear(code.IsRare);
        if (code.HasExtent || code.Size > 0)
            happened.Site = head >> RecordHead.SiteShift;
        if (code.IsCall)
        {
            happened.TicksSinceLast = extent >> RecordHead.DetailShift;
            happened.Ticks = state.Ticks + happened.TicksSinceLast;
            happened.Depth = code.Kind is RecordKind.Run or RecordKind.Resume || state.Depth == 0 ? state.Depth : state.Depth - 1;
        }

        bool hasMore = false;
        if (code.BeginsWithOwner)
        {
            OwnerForm form = code.Form;
            if (code.HasExtent)
            {
                form = (OwnerForm)((extent >> RecordHead.FormShift) & 3);
                happened.IsSeenLater = (extent & RecordHead.SeenLater) != 0;
                hasMore = (extent & (RecordHead.LineStated | RecordHead.PartStated)) != 0;
            }

            ReadOwner(form, ref cursor, ref state, happened);
        }

        if (hasMore)
            ReadAll(code.Layout.Fields, extent, ref cursor, happened);
        else
            ReadAll(code.Fields, ref cursor, happened);
        happened.IsDamaged = cursor.Damaged;
        if (code.HasValues)
            happened.SetValues(buffer, start + size - cursor.Left, cursor.Left);
        happened.Failed = code.Kind == RecordKind.Failed;
        happened.ValueType = code.ValueType;
        happened.Kind = KindOf(code.Kind, happened);
        happened.LastOwner = state.Owner;
        Follow(code, ref state, happened);
    }

    private static void ReadAll(RecordField[] fields, ref RecordCursor cursor, RecordedEvent happened)
    {
        foreach (RecordField field in fields)
            Read(field, ref cursor, happened);
    }

    /// <summary>Reads the fields of a change behind its owner, of which flags say which are there.</summary>
    private static void ReadAll(RecordField[] fields, uint extent, ref RecordCursor cursor, RecordedEvent happened)
    {
        foreach (RecordField field in fields)
        {
            if (field.IsValue)
                break;
            bool present = field.When switch
            {
                FieldPresence.Always => field.Type != FieldType.Owner,
                FieldPresence.LineStated => (extent & RecordHead.LineStated) != 0,
                FieldPresence.PartStated => (extent & RecordHead.PartStated) != 0,
                FieldPresence.Stated or FieldPresence.Flow => IsNone<bool>(field.Name),
            };
            if (present)
                Read(field, ref cursor, happened);
        }
    }

    private static void Read(RecordField field, ref RecordCursor cursor, RecordedEvent happened)
    {
        switch (field.Name)
        {
            case FieldName.Line:
                happened.Line = ReadLine(field.Type, ref cursor);
                break;
            case FieldName.OldLength:
                happened.OldLength = cursor.U32();
                break;
            case FieldName.NewLength:
                happened.NewLength = cursor.U32();
                break;
            case FieldName.Type:
                happened.Type = cursor.U32();
                break;
            case FieldName.Ticks:
                happened.Ticks = cursor.U64();
                break;
            case FieldName.Depth:
                happened.Depth = cursor.U32();
                break;
            default:
                ReadRarer(field, ref cursor, happened);
                break;
        }
    }

    /// <summary>Reads a field that most records have not. A method of its own, because what it needs on the stack is cleared at each
    /// call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReadRarer(RecordField field, ref RecordCursor cursor, RecordedEvent happened)
    {
        switch (field.Name)
        {
            case FieldName.Site:
                happened.Site = cursor.U32();
                break;
            case FieldName.Owner:
                happened.Owner = cursor.U64();
                break;
            case FieldName.ActivityTrace:
                ReadOnlySpan<byte> id = cursor.Bytes(16);
                happened.ActivityTrace = id.IsEmpty ? Guid.Empty : new Guid(id.ToArray());
                break;
            case FieldName.ActivitySpan:
                happened.ActivitySpan = cursor.U64();
                break;
            case FieldName.AsyncFlow:
                happened.AsyncFlow = cursor.U64();
                break;
            case FieldName.Collection:
                happened.Collection = cursor.U64();
                break;
            case FieldName.KnownBy:
                happened.KnownBy = cursor.U32();
                break;
            case FieldName.Part:
                happened.Part = cursor.U32();
                break;
            case FieldName.Count:
                happened.Count = field.Type == FieldType.U64 ? cursor.U64() : cursor.U32();
                break;
            case FieldName.First:
                happened.First = cursor.U32();
                break;
            case FieldName.Channel or FieldName.Outcome:
                happened.Detail = cursor.U8();
                break;
            default:
                IsNone<bool>(field.Name);
                break;
        }
    }

    private static int ReadLine(FieldType type, ref RecordCursor cursor)
    {
        uint line = type == FieldType.U32 ? cursor.U32() : cursor.U16();
        if (type == FieldType.Line && line == ushort.MaxValue)
            line = cursor.U32();
        return line <= int.MaxValue ? (int)line : 0;
    }

    private static void ReadOwner(OwnerForm form, ref RecordCursor cursor, ref RecordState state, RecordedEvent happened)
    {
        happened.Owner = form switch
        {
            OwnerForm.None => 0,
            OwnerForm.Same => state.Owner,
            OwnerForm.Near => TraceFormat.Near(state.Owner, cursor.U32()),
            OwnerForm.Stated => cursor.U64(),
        };
        // Without a last owner, which a recorder never leaves out, nobody knows.
        happened.IsOwnerUnknown = form is OwnerForm.Same or OwnerForm.Near && state.Owner == 0;
        if (form != OwnerForm.None && !happened.IsOwnerUnknown)
            state.Owner = happened.Owner;
    }

    /// <summary>What the record changes in what later ones leave out.</summary>
    private static void Follow(RecordCode code, ref RecordState state, RecordedEvent happened)
    {
        RecordKind kind = code.Kind;
        if (happened.Ticks != 0)
            state.Ticks = happened.Ticks;
        if (code.IsCall)
            state.Depth = kind is RecordKind.Run or RecordKind.Resume ? happened.Depth + 1 : happened.Depth;
        if (kind == RecordKind.Run && happened.Values is { Length: > sizeof(ulong) } values && values[0] == (byte)ValueTag.Object)
            state.Owner = BinaryPrimitives.ReadUInt64LittleEndian(values.Slice(1));
        if (state.Ordinal < 0)
        {
            happened.Ordinal = 0;
            return;
        }

        state.Ordinal += kind == RecordKind.EventsLost ? (long)Math.Min(happened.Count, long.MaxValue / 2) : 1;
        happened.Ordinal = kind == RecordKind.EventsLost ? 0 : state.Ordinal;
    }

    private static TraceEventKind KindOf(RecordKind kind, RecordedEvent happened) => kind switch
    {
        RecordKind.Run => TraceEventKind.MethodEntered,
        RecordKind.End or RecordKind.Failed => TraceEventKind.MethodLeft,
        RecordKind.Await => TraceEventKind.MethodSuspended,
        RecordKind.Resume => TraceEventKind.MethodResumed,
        RecordKind.Update or RecordKind.Store => TraceEventKind.MemberChanged,
        RecordKind.Length => happened.NewLength > happened.OldLength ? TraceEventKind.CollectionGrew : TraceEventKind.CollectionShrank,
        RecordKind.ElementStored => TraceEventKind.ElementChanged,
        RecordKind.ElementAdded => TraceEventKind.ElementAdded,
        RecordKind.ElementRemoved => TraceEventKind.ElementRemoved,
        RecordKind.CollectionChanged => TraceEventKind.CollectionChanged,
        RecordKind.Contents => TraceEventKind.ContentsKnown,
        RecordKind.Line => TraceEventKind.LineReached,
        RecordKind.Output => TraceEventKind.OutputWritten,
        RecordKind.TestBegun => TraceEventKind.TestBegun,
        RecordKind.TestEnded => TraceEventKind.TestEnded,
        RecordKind.EventsLost => TraceEventKind.EventsLost,
        RecordKind.None or RecordKind.EndOfChunk or RecordKind.OtherThread or RecordKind.Rank or RecordKind.Safepoint
            or RecordKind.AssemblyPart or RecordKind.Type or RecordKind.Thread or RecordKind.Fact or RecordKind.Text or RecordKind.LeftOut
            or RecordKind.Written or RecordKind.SourceChecksum => IsNone<TraceEventKind>(kind),
    };

    // A throw that puts a text together costs each call of the method it stands in: what it needs on the stack is cleared first.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T IsNone<T>(object what) => throw new NotSupportedException($"{what} is none of an event's");
}
