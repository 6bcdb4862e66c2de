using System;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes the pieces of XML documents. Texts must be harmless UTF-8, without control characters, as <see cref="Names"/> and
/// <see cref="ValueRenderer"/> give it.</summary>
internal static class XmlText
{
    /// <summary>Writes an attribute.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="start">Space, name, equals sign and quotation mark, as they are to stand there.</param>
    /// <param name="value">The text.</param>
    public static void Attribute(Utf8Buffer buffer, ReadOnlySpan<byte> start, ReadOnlySpan<byte> value)
    {
        buffer.Append(start);
        while (value.IndexOfAny("\"&<>"u8) is >= 0 and int index)
        {
            buffer.Append(value.Slice(0, index));
            buffer.Append(value[index] switch
            {
                (byte)'"' => "&quot;"u8,
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                // As in "]]>", which may not stand everywhere.
                _ => "&gt;"u8,
            });
            value = value.Slice(index + 1);
        }

        buffer.Append(value);
        buffer.Append((byte)'"');
    }

    /// <summary>Writes an attribute with a number as its value.</summary>
    public static void Attribute(Utf8Buffer buffer, ReadOnlySpan<byte> start, long value)
    {
        buffer.Append(start);
        buffer.Append(value);
        buffer.Append((byte)'"');
    }
}
