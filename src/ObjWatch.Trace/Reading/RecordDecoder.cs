using System;
using System.Buffers.Binary;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>Turns a record into an event, by the schema and by what the records before have said. The only one that does: whatever the form of an output.</summary>
internal static class RecordDecoder
{
    /// <summary>Decodes a record.</summary>
    /// <param name="layout">Its layout: that of an event, or of EventsLost.</param>
    /// <param name="buffer">Holds it.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="state">What has been said before; afterwards with what this one says.</param>
    /// <param name="happened">Takes it.</param>
    public static void Decode(RecordLayout layout, byte[] buffer, int start, int size, ref RecordState state, RecordedEvent happened)
    {
        RecordKind kind = layout.Kind;
        var cursor = new RecordCursor(new ReadOnlySpan<byte>(buffer, start, size));
        uint head = cursor.U32();
        uint extent = layout.Sizing == RecordSizing.Extent ? cursor.U32() : 0;
        happened.Clear(isRare: kind is not (RecordKind.Run or RecordKind.End or RecordKind.Store or RecordKind.Update or RecordKind.Length)
            || (head & RecordHead.Flow) != 0);
        if (layout.Sizing is RecordSizing.Extent or RecordSizing.Code)
            happened.Site = head >> RecordHead.SiteShift;
        bool isCall = kind is RecordKind.Run or RecordKind.End or RecordKind.Failed or RecordKind.Await or RecordKind.Resume;
        if (isCall)
        {
            happened.TicksSinceLast = extent >> RecordHead.DetailShift;
            happened.Ticks = state.Ticks + happened.TicksSinceLast;
            happened.Depth = kind is RecordKind.Run or RecordKind.Resume || state.Depth == 0 ? state.Depth : state.Depth - 1;
        }

        OwnerForm form = kind == RecordKind.Store ? StoreCode.FormOf(head) : (OwnerForm)((extent >> RecordHead.FormShift) & 3);
        bool values = false;
        bool hasMore = isCall ? (head & (RecordHead.Stated | RecordHead.Flow)) != 0 : (extent & (RecordHead.LineStated | RecordHead.PartStated)) != 0;
        foreach (RecordField field in hasMore ? layout.Fields : layout.AlwaysFields)
        {
            if (field.When != FieldPresence.Always && !IsPresent(field.When, head, extent))
                continue;
            if (field.Type is FieldType.Value or FieldType.Values or FieldType.Bits)
            {
                // All that stands behind the first value are values.
                values = true;
                break;
            }

            Read(field, form, ref cursor, ref state, happened);
        }

        happened.IsDamaged = cursor.Damaged;
        if (values)
            happened.SetValues(buffer, start + size - cursor.Left, cursor.Left);
        happened.IsSeenLater = !isCall && layout.Sizing == RecordSizing.Extent && (extent & RecordHead.SeenLater) != 0;
        happened.Failed = kind == RecordKind.Failed;
        happened.ValueType = kind == RecordKind.Store ? StoreCode.TypeOf(head) : ValueTag.Void;
        happened.Kind = KindOf(kind, happened);
        happened.LastOwner = state.Owner;
        Follow(kind, isCall, ref state, happened);
    }

    private static void Read(RecordField field, OwnerForm form, ref RecordCursor cursor, ref RecordState state, RecordedEvent happened)
    {
        switch (field.Name)
        {
            case FieldName.Site:
                happened.Site = cursor.U32();
                break;
            case FieldName.Ticks:
                happened.Ticks = cursor.U64();
                break;
            case FieldName.Depth:
                happened.Depth = cursor.U32();
                break;
            case FieldName.Line:
                happened.Line = ReadLine(field.Type, ref cursor);
                break;
            case FieldName.Owner:
                ReadOwner(field.Type, form, ref cursor, ref state, happened);
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
            case FieldName.OldLength:
                happened.OldLength = cursor.U32();
                break;
            case FieldName.NewLength:
                happened.NewLength = cursor.U32();
                break;
            case FieldName.Type:
                happened.Type = cursor.U32();
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
                throw new NotSupportedException($"no event has a field {field.Name}");
        }
    }

    private static int ReadLine(FieldType type, ref RecordCursor cursor)
    {
        uint line = type == FieldType.U32 ? cursor.U32() : cursor.U16();
        if (type == FieldType.Line && line == ushort.MaxValue)
            line = cursor.U32();
        return line <= int.MaxValue ? (int)line : 0;
    }

    private static void ReadOwner(FieldType type, OwnerForm form, ref RecordCursor cursor, ref RecordState state, RecordedEvent happened)
    {
        if (type == FieldType.U64)
        {
            happened.Owner = cursor.U64();
            return;
        }

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

    private static bool IsPresent(FieldPresence when, uint head, uint extent) => when switch
    {
        FieldPresence.Always => true,
        FieldPresence.Stated => (head & RecordHead.Stated) != 0,
        FieldPresence.Flow => (head & RecordHead.Flow) != 0,
        FieldPresence.LineStated => (extent & RecordHead.LineStated) != 0,
        FieldPresence.PartStated => (extent & RecordHead.PartStated) != 0,
    };

    /// <summary>What the record changes in what later ones leave out.</summary>
    private static void Follow(RecordKind kind, bool isCall, ref RecordState state, RecordedEvent happened)
    {
        if (happened.Ticks != 0)
            state.Ticks = happened.Ticks;
        if (isCall)
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

    private static EventKind KindOf(RecordKind kind, RecordedEvent happened) => kind switch
    {
        RecordKind.Run => EventKind.Run,
        RecordKind.End or RecordKind.Failed => EventKind.End,
        RecordKind.Await => EventKind.Await,
        RecordKind.Resume => EventKind.Resume,
        RecordKind.Update or RecordKind.Store => EventKind.Update,
        RecordKind.Length => happened.NewLength > happened.OldLength ? EventKind.Append : EventKind.Pop,
        RecordKind.ElementStored => EventKind.ElementStored,
        RecordKind.ElementAdded => EventKind.ElementAdded,
        RecordKind.ElementRemoved => EventKind.ElementRemoved,
        RecordKind.CollectionChanged => EventKind.CollectionChanged,
        RecordKind.Contents => EventKind.Contents,
        RecordKind.Line => EventKind.Line,
        RecordKind.Output => EventKind.Output,
        RecordKind.TestBegun => EventKind.TestBegun,
        RecordKind.TestEnded => EventKind.TestEnded,
        RecordKind.EventsLost => EventKind.Lost,
        RecordKind.None or RecordKind.EndOfChunk or RecordKind.OtherThread or RecordKind.Rank or RecordKind.Safepoint
            or RecordKind.AssemblyPart or RecordKind.Type or RecordKind.Thread or RecordKind.Fact or RecordKind.Text or RecordKind.LeftOut
            or RecordKind.Written or RecordKind.SourceChecksum => throw new NotSupportedException($"{kind} is no event"),
    };
}
