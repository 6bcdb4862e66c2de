using System;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes values of the simple types that are not integers, culture-free and so that they can be read back exactly.</summary>
internal static class ScalarText
{
    private const int Longest = 64;

    public static void Write(Utf8Buffer buffer, double value)
    {
#if NET8_0_OR_GREATER
        Format(buffer, value);
#else
        buffer.AppendAscii(value.ToString("R", CultureInfo.InvariantCulture));
#endif
    }

    public static void Write(Utf8Buffer buffer, float value)
    {
#if NET8_0_OR_GREATER
        Format(buffer, value);
#else
        buffer.AppendAscii(value.ToString("R", CultureInfo.InvariantCulture));
#endif
    }

    /// <summary>An IEEE half, from its bits.</summary>
    public static void WriteHalf(Utf8Buffer buffer, ushort bits)
    {
#if NET8_0_OR_GREATER
        Format(buffer, BitConverter.UInt16BitsToHalf(bits));
#else
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        double size = exponent switch
        {
            0 => fraction * Math.Pow(2, -24),
            0x1F => fraction == 0 ? double.PositiveInfinity : double.NaN,
            _ => (1024 + fraction) * Math.Pow(2, exponent - 25),
        };
        // A half has at most 3.3 decimal digits of precision; five always give it back.
        buffer.AppendAscii((bits >> 15 == 0 ? size : -size).ToString("G5", CultureInfo.InvariantCulture));
#endif
    }

    /// <summary>A decimal, from its four words.</summary>
    /// <returns>Whether the words are a decimal.</returns>
    public static bool WriteDecimal(Utf8Buffer buffer, ref RecordCursor cursor)
    {
        int low = (int)cursor.U32();
        int middle = (int)cursor.U32();
        int high = (int)cursor.U32();
        int flags = (int)cursor.U32();
        int scale = (flags >> 16) & 0xFF;
        if ((flags & 0x7F00_FFFF) != 0 || scale > 28)
            return false;
        buffer.AppendAscii(new decimal(low, middle, high, flags < 0, (byte)scale).ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>A 128-bit integer.</summary>
    public static void WriteWide(Utf8Buffer buffer, ref RecordCursor cursor, bool signed)
    {
        ulong low = cursor.U64();
        ulong high = cursor.U64();
        BigInteger value = ((signed ? (BigInteger)(long)high : high) << 64) + low;
        buffer.AppendAscii(value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A pointer.</summary>
    public static void WritePointer(Utf8Buffer buffer, ulong value)
    {
        Span<byte> room = buffer.Reserve(Longest);
        room[0] = (byte)'0';
        room[1] = (byte)'x';
        Utf8Formatter.TryFormat(value, room.Slice(2), out int written, new System.Buffers.StandardFormat('X'));
        buffer.Commit(written + 2);
    }

    /// <returns>Whether the fields are a DateTime.</returns>
    public static bool WriteDateTime(Utf8Buffer buffer, ref RecordCursor cursor)
    {
        ulong ticks = cursor.U64();
        byte kind = cursor.U8();
        if (ticks > (ulong)DateTime.MaxValue.Ticks || kind > (byte)DateTimeKind.Local)
            return false;
        // The reader's own zone is not the recorded program's, so a local time stays without an offset.
        var unspecified = new DateTime((long)ticks, kind == (byte)DateTimeKind.Utc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
        buffer.AppendAscii(unspecified.ToString("O", CultureInfo.InvariantCulture));
        return true;
    }

    /// <returns>Whether the fields are a DateTimeOffset.</returns>
    public static bool WriteDateTimeOffset(Utf8Buffer buffer, ref RecordCursor cursor)
    {
        ulong ticks = cursor.U64();
        int minutes = (short)cursor.U16();
        long utc = (long)ticks - minutes * TimeSpan.TicksPerMinute;
        if (ticks > (ulong)DateTime.MaxValue.Ticks || Math.Abs(minutes) > 14 * 60 || utc < 0 || utc > DateTime.MaxValue.Ticks)
            return false;
        buffer.AppendAscii(new DateTimeOffset((long)ticks, TimeSpan.FromMinutes(minutes)).ToString("O", CultureInfo.InvariantCulture));
        return true;
    }

    public static void WriteTimeSpan(Utf8Buffer buffer, long ticks) =>
        buffer.AppendAscii(new TimeSpan(ticks).ToString("c", CultureInfo.InvariantCulture));

    /// <returns>Whether the number is a day.</returns>
    public static bool WriteDate(Utf8Buffer buffer, uint day)
    {
        if (day > DateTime.MaxValue.Ticks / TimeSpan.TicksPerDay)
            return false;
        buffer.AppendAscii(new DateTime(day * TimeSpan.TicksPerDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return true;
    }

    /// <returns>Whether the number is a time of day.</returns>
    public static bool WriteTime(Utf8Buffer buffer, ulong ticks)
    {
        if (ticks >= TimeSpan.TicksPerDay)
            return false;
        buffer.AppendAscii(new DateTime((long)ticks).ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        return true;
    }

    public static void WriteGuid(Utf8Buffer buffer, ReadOnlySpan<byte> bytes) =>
        buffer.AppendAscii(new Guid(bytes.ToArray()).ToString("D"));

#if NET8_0_OR_GREATER
    private static void Format<T>(Utf8Buffer buffer, T value)
        where T : struct, IUtf8SpanFormattable
    {
        Span<byte> room = buffer.Reserve(Longest);
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        buffer.Commit(written);
    }
#endif
}
