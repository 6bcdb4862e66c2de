using System;
using System.ComponentModel;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes recorded values as C# literals, or as near to them as there is a form.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ValueRenderer
{
    // A recorder goes a few levels deep. A trace that says otherwise must not overflow the stack.
    private const int DeepestNesting = 32;

    private readonly Utf8Buffer _buffer;
    private readonly Names _names;
    private readonly CompoundRenderer _compounds;

    /// <param name="buffer">Where the text goes.</param>
    /// <param name="names">The names in the trace.</param>
    public ValueRenderer(Utf8Buffer buffer, Names names)
    {
        _buffer = buffer;
        _names = names;
        _compounds = new CompoundRenderer(this, buffer, names);
    }

    /// <summary>Whether objects show their number.</summary>
    internal bool ShowsObjectNumbers { get; set; } = true;

    /// <summary>The identity of the last owner; 0: not known.</summary>
    public ulong LastOwner { get; set; }

    /// <summary>Writes the next value of a record.</summary>
    /// <param name="cursor">Stands before the value. Damaged afterwards if the value cannot be read; a <c>?</c> stands in its place
    /// then.</param>
    /// <param name="opaque">What stands for a value that could not be captured.</param>
    /// <param name="nesting">How many values this one is in.</param>
    public void Write(ref RecordCursor cursor, ReadOnlySpan<byte> opaque, int nesting = 0) =>
        Write((ValueTag)cursor.U8(), ref cursor, opaque, nesting);

    /// <summary>Writes the next value of a record, which has no tag in front.</summary>
    /// <param name="type">How it is written.</param>
    /// <param name="cursor">Stands before the value.</param>
    public void WriteBits(ValueTag type, ref RecordCursor cursor)
    {
        switch (type)
        {
            case StoreCode.Int32In16Bits or StoreCode.Int64In16Bits:
                Write(ValueTag.Int16, ref cursor, default, nesting: 0);
                break;
            case StoreCode.Int64In32Bits:
                Write(ValueTag.Int32, ref cursor, default, nesting: 0);
                break;
            default:
                Write(type, ref cursor, default, nesting: 0);
                break;
        }
    }

    private void Write(ValueTag tag, ref RecordCursor cursor, ReadOnlySpan<byte> opaque, int nesting)
    {
        switch (tag)
        {
            case ValueTag.Int32:
                _buffer.Append((long)(int)cursor.U32());
                break;
            case ValueTag.Null when !cursor.Damaged:
                _buffer.Append("null"u8);
                break;
            case ValueTag.Void when !cursor.Damaged:
                _buffer.Append("void"u8);
                break;
            case ValueTag.Object:
                WriteObject(cursor.U64());
                break;
            case ValueTag.LastOwner when LastOwner != 0:
                WriteObject(LastOwner);
                break;
            case ValueTag.LastOwner:
                // What is before it is damaged, not this.
                _buffer.Append((byte)'?');
                break;
            case ValueTag.String:
                StringText.Write(_buffer, ref cursor, quoted: true);
                break;
            case ValueTag.Boolean:
                _buffer.Append(cursor.U8() == 0 ? "false"u8 : "true"u8);
                break;
            case ValueTag.SByte:
                _buffer.Append((long)(sbyte)cursor.U8());
                break;
            case ValueTag.Byte:
                _buffer.Append((long)cursor.U8());
                break;
            case ValueTag.Int16:
                _buffer.Append((long)(short)cursor.U16());
                break;
            case ValueTag.UInt16:
                _buffer.Append((long)cursor.U16());
                break;
            case ValueTag.UInt32:
                _buffer.Append((long)cursor.U32());
                break;
            case ValueTag.Int64:
                _buffer.Append((long)cursor.U64());
                break;
            case ValueTag.UInt64:
                _buffer.Append(cursor.U64());
                break;
            case ValueTag.Opaque:
                _buffer.Append(opaque);
                break;
            default:
                WriteRarer(tag, ref cursor, nesting);
                break;
        }

        if (cursor.Damaged && nesting == 0)
            _buffer.Append((byte)'?');
    }

    /// <summary>Writes the value of a type that is rarer. A method of its own, because what these need on the stack is cleared at each
    /// call.</summary>
    private void WriteRarer(ValueTag tag, ref RecordCursor cursor, int nesting)
    {
        bool good = true;
        switch (tag)
        {
            case ValueTag.Char:
                ReadOnlySpan<char> unit = [(char)cursor.U16()];
                _buffer.Append((byte)'\'');
                Escaping.Write(_buffer, unit, '\'');
                _buffer.Append((byte)'\'');
                break;
            case ValueTag.Single:
                ScalarText.Write(_buffer, Bits.ToSingle(cursor.U32()));
                break;
            case ValueTag.Double:
                ScalarText.Write(_buffer, BitConverter.Int64BitsToDouble((long)cursor.U64()));
                break;
            case ValueTag.Half:
                ScalarText.WriteHalf(_buffer, cursor.U16());
                break;
            case ValueTag.Decimal:
                good = ScalarText.WriteDecimal(_buffer, ref cursor);
                break;
            case ValueTag.Int128:
            case ValueTag.UInt128:
                ScalarText.WriteWide(_buffer, ref cursor, signed: tag == ValueTag.Int128);
                break;
            case ValueTag.IntPtr:
            case ValueTag.UIntPtr:
                ScalarText.WritePointer(_buffer, cursor.U64());
                break;
            case ValueTag.DateTime:
                good = ScalarText.WriteDateTime(_buffer, ref cursor);
                break;
            case ValueTag.DateTimeOffset:
                good = ScalarText.WriteDateTimeOffset(_buffer, ref cursor);
                break;
            case ValueTag.TimeSpan:
                ScalarText.WriteTimeSpan(_buffer, (long)cursor.U64());
                break;
            case ValueTag.DateOnly:
                good = ScalarText.WriteDate(_buffer, cursor.U32());
                break;
            case ValueTag.TimeOnly:
                good = ScalarText.WriteTime(_buffer, cursor.U64());
                break;
            case ValueTag.Guid:
                ReadOnlySpan<byte> guid = cursor.Bytes(16);
                good = guid.Length == 16;
                if (good)
                    ScalarText.WriteGuid(_buffer, guid);
                break;
            case ValueTag.Enum:
                EnumText.Write(_buffer, _names.Type(cursor.U32()), cursor.U64());
                break;
            case ValueTag.Delegate:
                _buffer.Append(_names.Text(cursor.U32()));
                break;
            case ValueTag.TypeReference:
                _buffer.Append("typeof("u8);
                _buffer.Append(_names.Type(cursor.U32()).Name);
                _buffer.Append((byte)')');
                break;
            case ValueTag.Exception:
                WriteException(ref cursor);
                break;
            case ValueTag.UnderConstruction:
                WriteUnderConstruction(ref cursor);
                break;
            case ValueTag.Redacted:
                _buffer.Append("(redacted)"u8);
                break;
            case ValueTag.WrapperText:
                StringText.WriteBare(_buffer, ref cursor);
                break;
            case ValueTag.Collection or ValueTag.Dictionary or ValueTag.Struct or ValueTag.Tuple when nesting < DeepestNesting:
                _compounds.Write(tag, ref cursor, nesting + 1);
                break;
            default:
                good = false;
                break;
        }

        if (!good)
            cursor.Fail();
    }

    private void WriteObject(ulong identity)
    {
        TypeText type = _names.Type((uint)TraceFormat.TypeNumber(identity));
        if (!ShowsObjectNumbers)
        {
            _buffer.Append(type.Name);
            return;
        }

        _buffer.Append(type.NameBeforeNumber);
        _buffer.Append(TraceFormat.ObjectNumber(identity));
    }

    private void WriteUnderConstruction(ref RecordCursor cursor)
    {
        ulong number = cursor.U64();
        uint site = cursor.U32();
        if (_names.Site(site)?.Method is { } method)
        {
            _buffer.Append(method.TypeName);
        }
        else
        {
            _buffer.Append("?site "u8);
            _buffer.Append((long)site);
        }

        // Its number is not known before its base constructor has run, unless that one is woven too.
        if (number == 0 || !ShowsObjectNumbers)
            return;
        _buffer.Append((byte)'#');
        _buffer.Append(number);
    }

    private void WriteException(ref RecordCursor cursor)
    {
        _buffer.Append((byte)'!');
        _buffer.Append(_names.Type(cursor.U32()).Name);
        switch ((ValueTag)cursor.U8())
        {
            case ValueTag.String:
                _buffer.Append(": "u8);
                StringText.Write(_buffer, ref cursor, quoted: false);
                break;
            case ValueTag.Null:
                break;
            default:
                cursor.Fail();
                break;
        }
    }
}
