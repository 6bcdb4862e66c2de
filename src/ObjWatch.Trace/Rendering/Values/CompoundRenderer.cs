using System;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes recorded values that hold others: collections, dictionaries, structures and tuples.</summary>
internal sealed class CompoundRenderer
{
    private const uint UnknownCount = 0xFFFF_FFFF;

    private readonly ValueRenderer _values;
    private readonly Utf8Buffer _buffer;
    private readonly Names _names;

    /// <param name="values">Writes what they hold.</param>
    /// <param name="buffer">Where to.</param>
    /// <param name="names">The names of the trace.</param>
    public CompoundRenderer(ValueRenderer values, Utf8Buffer buffer, Names names)
    {
        _values = values;
        _buffer = buffer;
        _names = names;
    }

    /// <summary>Writes the rest of a value, behind its tag.</summary>
    /// <param name="tag">What it is.</param>
    /// <param name="cursor">Stands behind the tag. Damaged afterwards if the value cannot be read.</param>
    /// <param name="nesting">How many values its elements are in.</param>
    public void Write(ValueTag tag, ref RecordCursor cursor, int nesting)
    {
        switch (tag)
        {
            case ValueTag.Collection:
                WriteCollection(ref cursor, nesting, pairs: false);
                break;
            case ValueTag.Dictionary:
                WriteCollection(ref cursor, nesting, pairs: true);
                break;
            case ValueTag.Struct:
                WriteStruct(ref cursor, nesting);
                break;
            default:
                WriteTuple(ref cursor, nesting);
                break;
        }
    }

    private void WriteTuple(ref RecordCursor cursor, int nesting)
    {
        _buffer.Append((byte)'(');
        for (int i = 0, count = cursor.U8(); i < count && !cursor.Damaged; i++)
        {
            if (i > 0)
                _buffer.Append(", "u8);
            WriteElement(ref cursor, nesting);
        }

        _buffer.Append((byte)')');
    }

    private void WriteStruct(ref RecordCursor cursor, int nesting)
    {
        uint number = cursor.U32();
        int count = cursor.U8();
        TypeText type = _names.Type(number);
        _buffer.Append(type.Name);
        if (count == 0 && type.Fields.Length > 0)
        {
            // It stands in too many others to be shown.
            _buffer.Append(" {...}"u8);
            return;
        }

        _buffer.Append(" { "u8);
        for (int i = 0; i < count && !cursor.Damaged; i++)
        {
            if (i > 0)
                _buffer.Append(", "u8);
            _buffer.Append(i < type.Fields.Length ? type.Fields[i] : "?"u8);
            _buffer.Append(" = "u8);
            WriteElement(ref cursor, nesting);
        }

        _buffer.Append(count == 0 ? "}"u8 : " }"u8);
    }

    private void WriteCollection(ref RecordCursor cursor, int nesting, bool pairs)
    {
        TypeText type = _names.Type(cursor.U32());
        uint count = cursor.U32();
        int stored = cursor.U8();
        _buffer.Append((byte)'(');
        _buffer.Append(type.Name);
        _buffer.Append(")["u8);
        for (int i = 0; i < stored && !cursor.Damaged; i++)
        {
            if (i > 0)
                _buffer.Append(", "u8);
            WriteElement(ref cursor, nesting);
            if (!pairs)
                continue;
            _buffer.Append(": "u8);
            WriteElement(ref cursor, nesting);
        }

        if (count > stored && !cursor.Damaged)
        {
            if (stored > 0)
                _buffer.Append(", "u8);
            _buffer.Append("'..."u8);
            if (count != UnknownCount)
            {
                _buffer.Append(" ("u8);
                _buffer.Append(count - stored);
                _buffer.Append(" more elements)"u8);
            }

            _buffer.Append((byte)'\'');
        }

        _buffer.Append((byte)']');
    }

    private void WriteElement(ref RecordCursor cursor, int nesting) => _values.Write(ref cursor, "..."u8, nesting);
}
