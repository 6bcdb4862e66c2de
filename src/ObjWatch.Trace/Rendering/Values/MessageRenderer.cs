using System;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes what stands behind a name: arguments, results, values. The same in every format.</summary>
internal sealed class MessageRenderer
{
    private readonly Utf8Buffer _buffer;
    private readonly ValueRenderer _values;

    public MessageRenderer(Utf8Buffer buffer, Names names)
    {
        _buffer = buffer;
        _values = new ValueRenderer(buffer, names);
    }

    /// <summary>Whether objects show their number.</summary>
    public bool ShowsObjectNumbers
    {
        set => _values.ShowsObjectNumbers = value;
    }

    /// <summary>The identity of the last owner, whom values may mean; 0: not known.</summary>
    public ulong LastOwner
    {
        set => _values.LastOwner = value;
    }

    private static ReadOnlySpan<byte> NotCaptured => "(not captured)"u8;

    /// <summary>Writes the arguments of a call: <c>'this':Cart#1, 'n':5</c>.</summary>
    public void WriteArguments(ref RecordCursor cursor, MethodText? called)
    {
        if (cursor.Next == (byte)ValueTag.WrapperText)
        {
            WriteValue(ref cursor);
            return;
        }

        if (called is not { } method)
            return;
        if (method.HasThis)
        {
            _buffer.Append("'this':"u8);
            _values.Write(ref cursor, method.TypeName);
        }

        for (int i = 0; i < method.Labels.Length && !cursor.Damaged; i++)
        {
            _buffer.Append(method.Labels[i]);
            _values.Write(ref cursor, method.ParameterTypes[i]);
        }
    }

    /// <summary>Writes what a call returned, or the exception that left it.</summary>
    public void WriteResult(ref RecordCursor cursor, bool failed)
    {
        var tag = (ValueTag)cursor.Next;
        if (failed && tag != ValueTag.Exception)
        {
            // Something else than an exception object left the method, or what it was went unseen.
            _buffer.Append((byte)'!');
            if (tag is ValueTag.Null or ValueTag.Opaque)
            {
                _buffer.Append("(unknown)"u8);
                return;
            }
        }

        _values.Write(ref cursor, NotCaptured);
    }

    /// <summary>Writes a member's value.</summary>
    /// <param name="cursor">Stands before the value.</param>
    /// <param name="type">How it is written, where it has no tag; else Void.</param>
    public void WriteValue(ref RecordCursor cursor, ValueTag type = ValueTag.Void)
    {
        if (type == ValueTag.Void)
            _values.Write(ref cursor, NotCaptured);
        else
            _values.WriteBits(type, ref cursor);
    }

    /// <summary>Writes a text that stands for itself, without quotes; nothing where there is none.</summary>
    public void WriteText(ref RecordCursor cursor)
    {
        if ((ValueTag)cursor.Next is not (ValueTag.String or ValueTag.Null))
            WriteValue(ref cursor);
        else if ((ValueTag)cursor.U8() == ValueTag.String)
            StringText.Write(_buffer, ref cursor, quoted: false);
    }

    /// <summary>Writes which element of a collection: <c>[3]</c>, or nothing where elements have no place.</summary>
    public void WriteElement(ref RecordCursor cursor)
    {
        if ((ValueTag)cursor.Next == ValueTag.Void)
        {
            cursor.U8();
            return;
        }

        _buffer.Append((byte)'[');
        WriteValue(ref cursor);
        _buffer.Append((byte)']');
    }
}
