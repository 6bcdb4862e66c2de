using System;
using System.Collections.Generic;
using System.Text;

namespace ObjWatch.Values.Naming;

/// <summary>Builds the contents of a definition record.</summary>
internal sealed class DefinitionBody
{
    private const int MaximumStringBytes = 1000;

    private readonly List<byte> _bytes = [];

    /// <summary>Bytes written so far.</summary>
    public int Length => _bytes.Count;

    public DefinitionBody Write(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public DefinitionBody Write(ushort value) => Write((byte)value).Write((byte)(value >> 8));

    public DefinitionBody Write(int value) => Write((ushort)value).Write((ushort)(value >> 16));

    public DefinitionBody Write(long value) => Write((int)value).Write((int)(value >> 32));

    public DefinitionBody Write(byte[] bytes, int offset, int count)
    {
        _bytes.AddRange(new ArraySegment<byte>(bytes, offset, count));
        return this;
    }

    /// <summary>Writes a string, cut where it is longer than any name should be.</summary>
    public DefinitionBody Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int count = Math.Min(bytes.Length, MaximumStringBytes);
        while (count < bytes.Length && count > 0 && (bytes[count] & 0xC0) == 0x80)
            count--;
        return Write((ushort)count).Write(bytes, 0, count);
    }

    /// <summary>Leaves room for a count that is known later.</summary>
    /// <returns>Its place, for <see cref="SetCount"/>.</returns>
    public int ReserveCount()
    {
        int place = Length;
        Write((ushort)0);
        return place;
    }

    public void SetCount(int place, ushort count)
    {
        _bytes[place] = (byte)count;
        _bytes[place + 1] = (byte)(count >> 8);
    }

    public byte[] ToArray() => _bytes.ToArray();
}
