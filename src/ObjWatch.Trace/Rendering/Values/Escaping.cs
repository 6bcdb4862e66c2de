using System;
using System.Runtime.InteropServices;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Writes text from the traced program so that it stays in its line and only prints: control characters, unpaired surrogates, line
/// separators and marks that change the direction of text become escapes.
/// </summary>
internal static class Escaping
{
    /// <summary>Most bytes one UTF-16 unit can become.</summary>
    private const int MostPerUnit = 6;

    /// <summary>Writes UTF-16 units.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="units">The units, little-endian.</param>
    /// <param name="quote">The quotation mark around the text, which is escaped together with the backslash; 0 for names, where neither
    /// is.</param>
    public static void Write(Utf8Buffer buffer, ReadOnlySpan<char> units, char quote)
    {
        Span<byte> room = buffer.Reserve(units.Length * MostPerUnit);
        int length = 0;
        for (int i = 0; i < units.Length; i++)
        {
            char unit = units[i];
            if (unit is >= ' ' and < '\x7F')
            {
                if (quote != 0 && (unit == quote || unit == '\\'))
                    room[length++] = (byte)'\\';
                room[length++] = (byte)unit;
            }
            else if (char.IsHighSurrogate(unit) && i + 1 < units.Length && char.IsLowSurrogate(units[i + 1]))
            {
                int rune = char.ConvertToUtf32(unit, units[++i]);
                room[length++] = (byte)(0xF0 | (rune >> 18));
                room[length++] = (byte)(0x80 | ((rune >> 12) & 0x3F));
                room[length++] = (byte)(0x80 | ((rune >> 6) & 0x3F));
                room[length++] = (byte)(0x80 | (rune & 0x3F));
            }
            else if (MustEscape(unit))
            {
                length += WriteEscape(room.Slice(length), unit);
            }
            else if (unit < 0x800)
            {
                room[length++] = (byte)(0xC0 | (unit >> 6));
                room[length++] = (byte)(0x80 | (unit & 0x3F));
            }
            else
            {
                room[length++] = (byte)(0xE0 | (unit >> 12));
                room[length++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
                room[length++] = (byte)(0x80 | (unit & 0x3F));
            }
        }

        buffer.Commit(length);
    }

    /// <summary>Writes the units of a recorded string.</summary>
    public static void WriteUnits(Utf8Buffer buffer, ReadOnlySpan<byte> littleEndianUnits, char quote) =>
        Write(buffer, MemoryMarshal.Cast<byte, char>(littleEndianUnits), quote);

    private static bool MustEscape(char unit) =>
        unit < ' '
        || unit is >= '\x7F' and <= '\x9F'
        || char.IsSurrogate(unit)
        || unit is '\u061C' or '\u180E' or '\uFEFF' or '\u2028' or '\u2029' or >= '\uFFF9' and <= '\uFFFB'
        // No characters at all: no XML document may hold them.
        || unit is '\uFFFE' or '\uFFFF'
        || unit is >= '\u200B' and <= '\u200F' and not '\u200D'
        || unit is >= '\u202A' and <= '\u202E'
        || unit is >= '\u2060' and <= '\u206F';

    private static int WriteEscape(Span<byte> room, char unit)
    {
        room[0] = (byte)'\\';
        char letter = unit switch
        {
            '\0' => '0',
            '\t' => 't',
            '\n' => 'n',
            '\r' => 'r',
            _ => 'u',
        };
        room[1] = (byte)letter;
        if (letter != 'u')
            return 2;
        for (int i = 0; i < 4; i++)
        {
            int digit = (unit >> (12 - 4 * i)) & 0xF;
            room[2 + i] = (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
        }

        return MostPerUnit;
    }
}
