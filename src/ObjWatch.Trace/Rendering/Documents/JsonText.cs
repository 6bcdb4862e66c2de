using System;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes the pieces of JSON documents. Texts must be harmless UTF-8, without control characters, as <see cref="Names"/> and
/// <see cref="ValueRenderer"/> give it.</summary>
internal static class JsonText
{
    /// <summary>Writes a string with its quotation marks.</summary>
    public static void String(Utf8Buffer buffer, ReadOnlySpan<byte> text)
    {
        buffer.Append((byte)'"');
        while (text.IndexOfAny((byte)'"', (byte)'\\') is >= 0 and int index)
        {
            buffer.Append(text.Slice(0, index));
            buffer.Append((byte)'\\');
            buffer.Append(text[index]);
            text = text.Slice(index + 1);
        }

        buffer.Append(text);
        buffer.Append((byte)'"');
    }

    /// <summary>Writes a member with a text as its value.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="start">Comma, name and colon, as they are to stand there.</param>
    /// <param name="value">The text.</param>
    public static void Member(Utf8Buffer buffer, ReadOnlySpan<byte> start, ReadOnlySpan<byte> value)
    {
        buffer.Append(start);
        String(buffer, value);
    }

    /// <summary>Writes a member with a number as its value.</summary>
    public static void Member(Utf8Buffer buffer, ReadOnlySpan<byte> start, long value)
    {
        buffer.Append(start);
        buffer.Append(value);
    }
}
