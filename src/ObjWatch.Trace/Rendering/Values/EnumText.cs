using System;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes enum values by their members' names.</summary>
internal static class EnumText
{
    /// <summary>Writes a value of an enum.</summary>
    public static void Write(Utf8Buffer buffer, TypeText type, ulong value)
    {
        int exact = Array.IndexOf(type.Values, value);
        if (exact >= 0)
        {
            buffer.Append(type.Fields[exact]);
            return;
        }

        // Flags: the members that cover all set bits, the widest first so that a combination with a name of its own is used.
        Span<int> members = stackalloc int[64];
        int count = 0;
        ulong rest = value;
        while (rest != 0 && Widest(type.Values, rest) is >= 0 and int member)
        {
            members[count++] = member;
            rest &= ~type.Values[member];
        }

        if (rest != 0 || count == 0)
        {
            buffer.Append((long)value);
            return;
        }

        for (int i = count - 1; i >= 0; i--)
        {
            buffer.Append(type.Fields[members[i]]);
            if (i > 0)
                buffer.Append(" | "u8);
        }
    }

    private static int Widest(ulong[] values, ulong within)
    {
        int widest = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0 && (values[i] & ~within) == 0 && (widest < 0 || values[i] > values[widest]))
                widest = i;
        }

        return widest;
    }
}
