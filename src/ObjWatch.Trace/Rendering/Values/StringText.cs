using System;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes recorded strings, and how long they were where not all of them was recorded.</summary>
internal static class StringText
{
    /// <summary>Writes a text that is shown as it is, but for what could pass for another line or hide something.</summary>
    public static void WriteBare(Utf8Buffer buffer, ref RecordCursor cursor)
    {
        uint length = cursor.U32();
        ushort stored = cursor.U16();
        Escaping.WriteUnits(buffer, cursor.Bytes(stored * 2), '\0');
        if (length > stored)
            buffer.Append("..."u8);
    }

    /// <summary>Writes the fields of a recorded string.</summary>
    public static void Write(Utf8Buffer buffer, ref RecordCursor cursor, bool quoted)
    {
        uint length = cursor.U32();
        ushort stored = cursor.U16();
        ReadOnlySpan<byte> units = cursor.Bytes(stored * 2);
        if (quoted)
            buffer.Append((byte)'"');
        // A bare text needs no escaped quotes, but its own backslashes must not look like escapes.
        Escaping.WriteUnits(buffer, units, quoted ? '"' : '\\');
        if (length > stored)
            buffer.Append("..."u8);
        if (quoted)
            buffer.Append((byte)'"');
        if (length <= stored)
            return;
        buffer.Append(" ("u8);
        buffer.Append((long)length);
        buffer.Append(" chars)"u8);
    }
}
