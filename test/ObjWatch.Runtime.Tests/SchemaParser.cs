using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Trace.Format;

namespace ObjWatch.Runtime.Tests;

/// <summary>Reads a whole trace by the schema and forgives nothing: every record must be known, in its place, of the size that is measured,
/// with all its fields and no more; and what a safepoint says must be what the records before it amount to.</summary>
internal sealed class SchemaParser
{
    private readonly RecordSchema _schema = RecordSchema.Current;
    private readonly byte[] _file;
    private readonly Dictionary<RecordKind, int> _kinds = [];
    private readonly HashSet<ValueTag> _tags = [];
    private readonly Dictionary<long, (int Bytes, uint Check)> _written = [];
    private ulong _owner;
    private ulong _ticks;
    private uint _depth;
    private ulong _ordinal;
    private uint _events;

    private SchemaParser(byte[] file) => _file = file;

    /// <summary>How many records there are of each kind.</summary>
    public IReadOnlyDictionary<RecordKind, int> Kinds => _kinds;

    /// <summary>Which values there are, narrow types of stores among them.</summary>
    public IReadOnlyCollection<ValueTag> Tags => _tags;

    /// <summary>Reads a closed trace.</summary>
    /// <exception cref="InvalidDataException">Something is not as the schema has it.</exception>
    public static SchemaParser Read(string path)
    {
        var parser = new SchemaParser(File.ReadAllBytes(path));
        List<(ChunkHeader Header, int Offset)> chunks = [];
        for (int offset = TraceFormat.HeaderSize; offset < parser._file.Length; offset += TraceFormat.ChunkSize)
        {
            ChunkHeader header = ChunkHeader.Read(parser._file.AsSpan(offset, ChunkHeader.Size));
            if (header.Magic != 0)
                chunks.Add((header, offset));
        }

        foreach ((ChunkHeader header, int offset) in chunks.OrderBy(chunk => chunk.Header.Stream).ThenBy(chunk => chunk.Header.Sequence))
            parser.Chunk(header, offset);
        return parser;
    }

    private static void Require(bool holds, string what, int place)
    {
        if (!holds)
            throw new InvalidDataException($"{what} at {place}");
    }

    private void Chunk(ChunkHeader header, int offset)
    {
        int end = offset + TraceFormat.ChunkSize;
        int position = offset + ChunkHeader.Size;
        int window = position;
        (_owner, _ticks, _depth, _events) = (0, 0, 0, 0);
        _ordinal = header.Ordinal;
        for (uint head; position < end && (head = WordAt(position)) != 0;)
        {
            RecordLayout? layout = _schema.LayoutOf(head);
            Require(layout != null, $"a record with code {(byte)head}", position);
            _kinds[layout!.Kind] = _kinds.GetValueOrDefault(layout.Kind) + 1;
            if (layout.Kind == RecordKind.EndOfChunk)
            {
                Require(_schema.IsEndOfChunk(head), "an end of a chunk of another size", position);
                CheckWindow(window, position, WordAt(position + sizeof(uint)));
                Require(header.Events == 0 || header.Events == _events, $"{_events} events where the header says {header.Events},", offset);
                return;
            }

            int size = _schema.Measure(head, WordAt(position + sizeof(uint)), header.Stream, known: true);
            Require(size > 0 && size <= end - position, $"a {layout.Kind} of size {size}", position);
            bool first = position == offset + ChunkHeader.Size;
            if (layout.Kind == RecordKind.Safepoint)
            {
                uint check = WordAt(position + Safepoint.CheckOffset);
                Require(WordAt(position + Safepoint.MagicOffset) == Safepoint.Magic && (check == 0) == first, "a bad safepoint", position);
                if (!first)
                    CheckWindow(window, position, check);
                window = position;
            }
            else
            {
                Require(header.Stream == 0 || !first || layout.Kind == RecordKind.EventsLost, "a chunk without a safepoint", position);
                Require(header.Stream == 0 || position - window < TraceFormat.WindowSize
                    || layout.Kind is RecordKind.OtherThread or RecordKind.Rank, "no safepoint", position);
            }

            Record(layout, head, position, size, first);
            position += size;
        }

        if (_written.TryGetValue(offset, out (int Bytes, uint Check) written))
        {
            Require(position - offset == written.Bytes, $"{written.Bytes} bytes were written, there are {position - offset},", offset);
            if (written.Check != 0)
                CheckWindow(window, position, written.Check);
        }

        Require(!_file.AsSpan(position, end - position).ContainsAnyExcept((byte)0), "something behind the last record", position);
    }

    private void CheckWindow(int start, int end, uint check) =>
        Require(WindowCheck.Of(_file.AsSpan(start, end - start)) == check, "a window whose check does not hold", start);

    private void Record(RecordLayout layout, uint head, int position, int size, bool firstOfChunk)
    {
        var cursor = new RecordCursor(_file.AsSpan(position, size));
        cursor.U32();
        uint extent = layout.Sizing == RecordSizing.Extent ? cursor.U32() : 0;
        var numbers = new Dictionary<FieldName, ulong>();
        ulong owner = _owner;
        foreach (RecordField field in layout.Fields)
        {
            bool there = field.When switch
            {
                FieldPresence.Always => true,
                FieldPresence.Stated => (head & RecordHead.Stated) != 0,
                FieldPresence.Flow => (head & RecordHead.Flow) != 0,
                FieldPresence.LineStated => (extent & RecordHead.LineStated) != 0,
                FieldPresence.PartStated => (extent & RecordHead.PartStated) != 0,
            };
            if (!there)
                continue;
            switch (field.Type)
            {
                case FieldType.U8: numbers[field.Name] = cursor.U8(); break;
                case FieldType.U16: numbers[field.Name] = cursor.U16(); break;
                case FieldType.U32: numbers[field.Name] = cursor.U32(); break;
                case FieldType.U64: numbers[field.Name] = cursor.U64(); break;
                case FieldType.Id16: cursor.Bytes(16); break;
                case FieldType.Text: cursor.Text(); break;
                case FieldType.Owner:
                    OwnerForm form = layout.Kind == RecordKind.Store
                        ? StoreCode.FormOf(head) : (OwnerForm)((extent >> RecordHead.FormShift) & 3);
                    Require(form is OwnerForm.None or OwnerForm.Stated
                        || _owner != 0, "an owner that is left out, and no last one", position);
                    _owner = form switch
                        { OwnerForm.Near => TraceFormat.Near(_owner, cursor.U32()), OwnerForm.Stated => cursor.U64(), _ => _owner };
                    break;
                case FieldType.Line:
                    if (cursor.U16() == ushort.MaxValue)
                        cursor.U32();
                    break;
                case FieldType.Bits:
                    _tags.Add(StoreCode.TypeOf(head));
                    cursor.Bytes(StoreCode.SizeOf(StoreCode.TypeOf(head)));
                    break;
                case FieldType.Value:
                    Value(ref cursor, position);
                    break;
                case FieldType.Values:
                    if ((ValueTag)cursor.Next == ValueTag.Object)
                        owner = BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(position + size - cursor.Left + 1));
                    // No argument is Void.
                    while (cursor.Left > 3 || cursor.Next != 0)
                        Value(ref cursor, position);
                    break;
                default:
                    Rest(layout.Kind, numbers, ref cursor);
                    break;
            }
        }

        int left = cursor.Left;
        Require(!cursor.Damaged && left <= 3, cursor.Damaged
            ? $"a {layout.Kind} shorter than its fields" : $"a {layout.Kind} with {left} bytes behind its fields", position);
        Require(!_file.AsSpan(position + size - left, left).ContainsAnyExcept((byte)0), $"a {layout.Kind} with padding that is not zero",
            position);
        if (layout.Kind == RecordKind.Run)
            _owner = owner;
        if (layout.Kind == RecordKind.Written)
            _written[(long)numbers[FieldName.Offset]] = ((int)numbers[FieldName.Bytes], (uint)numbers[FieldName.Check]);
        Follow(layout, extent, numbers, position, firstOfChunk);
    }

    private void Follow(RecordLayout layout, uint extent, Dictionary<FieldName, ulong> numbers, int position, bool firstOfChunk)
    {
        switch (layout.Kind)
        {
            case RecordKind.Safepoint:
                Require(firstOfChunk || numbers[FieldName.Owner] == _owner, "a safepoint with another owner", position);
                Require(firstOfChunk || numbers[FieldName.Ticks] == _ticks, "a safepoint with another time", position);
                Require(firstOfChunk || numbers[FieldName.Depth] == _depth, "a safepoint with another depth", position);
                Require(numbers[FieldName.Ordinal] == _ordinal, "a safepoint with another ordinal", position);
                (_owner, _ticks, _depth) = (numbers[FieldName.Owner], numbers[FieldName.Ticks], (uint)numbers[FieldName.Depth]);
                break;
            case RecordKind.OtherThread:
                (_owner, _ticks, _depth, _ordinal) = (0, 0, 0, 0);
                break;
            case RecordKind.EventsLost:
                _ordinal += numbers[FieldName.Count];
                break;
            case RecordKind.Run or RecordKind.Resume or RecordKind.End or RecordKind.Failed or RecordKind.Await:
                bool enters = layout.Kind is RecordKind.Run or RecordKind.Resume;
                Require(numbers.ContainsKey(FieldName.Depth) || enters || _depth > 0, "an end of nothing", position);
                _ticks = numbers.TryGetValue(FieldName.Ticks, out ulong ticks) ? ticks : _ticks + (extent >> RecordHead.DetailShift);
                uint depth = numbers.TryGetValue(FieldName.Depth, out ulong stated) ? (uint)stated : enters ? _depth : _depth - 1;
                _depth = enters ? depth + 1 : depth;
                break;
        }

        if (layout.Role != RecordRole.Event)
            return;
        _ordinal++;
        _events++;
    }

    private static void Rest(RecordKind kind, Dictionary<FieldName, ulong> numbers, ref RecordCursor cursor)
    {
        if (kind != RecordKind.Type)
        {
            cursor.Bytes((int)numbers[FieldName.Bytes]);
            return;
        }

        for (ulong i = 0; i < numbers[FieldName.Count]; i++)
        {
            cursor.Text();
            if ((numbers[FieldName.Flags] & 1) != 0)
                cursor.U64();
        }
    }

    private void Value(ref RecordCursor cursor, int position)
    {
        var tag = (ValueTag)cursor.U8();
        _tags.Add(tag);
        Require(!cursor.Damaged && Enum.IsDefined(tag), $"a value with tag {tag}", position);
        Require(tag != ValueTag.LastOwner || _owner != 0, "a last owner, and there is none", position);
        int values = 0;
        switch (tag)
        {
            case ValueTag.String or ValueTag.WrapperText:
                cursor.U32();
                cursor.Bytes(cursor.U16() * sizeof(char));
                break;
            case ValueTag.Object:
                cursor.U64();
                break;
            case ValueTag.Enum or ValueTag.UnderConstruction:
                cursor.Bytes(12);
                break;
            case ValueTag.Collection or ValueTag.Dictionary:
                cursor.U64();
                values = cursor.U8() * (tag == ValueTag.Dictionary ? 2 : 1);
                break;
            case ValueTag.Struct:
                cursor.U32();
                values = cursor.U8();
                break;
            case ValueTag.Tuple:
                values = cursor.U8();
                break;
            case ValueTag.Delegate or ValueTag.TypeReference:
                cursor.U32();
                break;
            case ValueTag.Exception:
                cursor.U32();
                values = 1;
                break;
            default:
                cursor.Bytes(ValueSizes.Of(tag));
                break;
        }

        for (; values > 0; values--)
            Value(ref cursor, position);
    }

    private uint WordAt(int position) =>
        position + sizeof(uint) <= _file.Length ? BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(position)) : 0;
}
