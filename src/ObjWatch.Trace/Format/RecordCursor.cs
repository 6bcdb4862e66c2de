using System;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ObjWatch.Trace.Format;

/// <summary>
/// Reads the fields of one record. Reading past the record's end gives zeros and sets <see cref="Damaged"/>, so that what a
/// damaged or hostile trace says can never lead out of the record.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct RecordCursor
{
    private ReadOnlySpan<byte> _rest;

    /// <param name="bytes">The record, or what is left of it.</param>
    public RecordCursor(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
        Damaged = false;
    }

    /// <summary>Whether a read went past the end.</summary>
    internal bool Damaged { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Whether all of the record has been read that was written, and nothing more. A recorder pads to a multiple of four: more
    /// behind the last field is another record, whose head was lost.</summary>
    /// <param name="unread">Bytes that are known to have been left.</param>
    internal readonly bool IsAtEnd(int unread = 0) => !Damaged && Left <= sizeof(uint) + unread;

    /// <summary>The next byte, which stays unread; 0 at the end.</summary>
    public readonly byte Next => _rest.IsEmpty ? (byte)0 : _rest[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte U8()
    {
        if (_rest.IsEmpty)
            return (byte)Fail();
        byte value = _rest[0];
        _rest = _rest.Slice(1);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ushort U16()
    {
        if (_rest.Length < sizeof(ushort))
            return (ushort)Fail();
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        _rest = _rest.Slice(sizeof(ushort));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint U32()
    {
        if (_rest.Length < sizeof(uint))
            return Fail();
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
        _rest = _rest.Slice(sizeof(uint));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ulong U64()
    {
        if (_rest.Length < sizeof(ulong))
            return Fail();
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest.Slice(sizeof(ulong));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            Fail();
            return default;
        }

        ReadOnlySpan<byte> bytes = _rest.Slice(0, count);
        _rest = _rest.Slice(count);
        return bytes;
    }

    /// <summary>A string of a definition: byte count and UTF-8.</summary>
    public string Text() => Utf8Text.Of(Bytes(U16()));

    /// <summary>Gives the record up: nothing after this point can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Fail()
    {
        Damaged = true;
        _rest = default;
        return 0;
    }
}
