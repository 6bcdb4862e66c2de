using System;
using System.Buffers.Text;
using System.ComponentModel;
using System.IO;
using System.Runtime.CompilerServices;

namespace ObjWatch.Trace.Rendering;

/// <summary>Collects UTF-8 text and hands it to a stream in large blocks. The place where every rendered line is put together.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Utf8Buffer
{
    private const int BlockSize = 64 * 1024;
    private const int LongestNumber = 32;

    private readonly Stream _stream;
    private byte[] _bytes;
    private int _length;

    /// <param name="stream">Where the text goes.</param>
    /// <param name="capacity">Bytes to begin with; the default holds a block and a long line.</param>
    public Utf8Buffer(Stream stream, int capacity = BlockSize + BlockSize / 4)
    {
        _stream = stream;
        _bytes = new byte[capacity];
    }

    /// <summary>A copy of what has not been handed to the stream.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    /// <summary>What has not been handed to the stream. Valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets what has not been handed to the stream.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets what lies behind a length.</summary>
    public void Truncate(int length) => _length = length;

    /// <summary>Adds text that is known to be harmless.</summary>
    /// <remarks>Compiled into its caller: the copy of a short literal is one or two instructions there.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ReadOnlySpan<byte> text)
    {
        Ensure(text.Length);
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Adds one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value)
    {
        Ensure(1);
        _bytes[_length++] = value;
    }

    /// <summary>Adds spaces.</summary>
    internal void AppendSpaces(int count)
    {
        Ensure(count);
        _bytes.AsSpan(_length, count).Fill((byte)' ');
        _length += count;
    }

    /// <summary>Adds a number in decimal.</summary>
    public void Append(long value)
    {
        Ensure(LongestNumber);
        if (value is >= 0 and < 10)
        {
            _bytes[_length++] = (byte)('0' + value);
            return;
        }

        // The formatter takes twice as long for negative numbers.
        if (value < 0)
        {
            _bytes[_length++] = (byte)'-';
            Append((ulong)-value);
            return;
        }

        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>Adds a number in decimal.</summary>
    public void Append(ulong value)
    {
        Ensure(LongestNumber);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out int written);
        _length += written;
    }

    /// <summary>Adds a number in decimal, behind as many spaces as it needs to be of a width.</summary>
    /// <param name="value">Not negative.</param>
    /// <param name="width">In characters, at most 32; a longer number is as long as it is.</param>
    /// <remarks>By hand, because each line of a text begins with one: it is faster than to format the number and then to move it.</remarks>
    internal void AppendAligned(int value, int width)
    {
        Ensure(LongestNumber);
        Span<byte> room = _bytes.AsSpan(_length, width);
        int rest = value;
        int i = width;
        do
        {
            room[--i] = (byte)('0' + rest % 10);
            rest /= 10;
        }
        while (rest != 0 && i > 0);
        if (rest != 0)
        {
            Append((long)value);
            return;
        }

        while (i > 0)
            room[--i] = (byte)' ';
        _length += width;
    }

    /// <summary>Adds text from ASCII characters that are known to be harmless.</summary>
    internal void AppendAscii(string text)
    {
        Ensure(text.Length);
        foreach (char unit in text)
            _bytes[_length++] = (byte)unit;
    }

    /// <summary>Room for at least <paramref name="count"/> bytes; <see cref="Commit"/> says how many were used.</summary>
    public Span<byte> Reserve(int count)
    {
        Ensure(count);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Keeps what was written into the room that <see cref="Reserve"/> gave.</summary>
    public void Commit(int count) => _length += count;

    /// <summary>Ends a line. Only whole lines reach the stream.</summary>
    public void EndLine()
    {
        Append((byte)'\n');
        FlushIfFull();
    }

    /// <summary>Hands everything to the stream once it has become much. What is written so far must be complete.</summary>
    internal void FlushIfFull()
    {
        if (_length >= BlockSize)
            Flush();
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        // Emptied first: after an error the same bytes are not tried again.
        int length = _length;
        _length = 0;
        _stream.Write(_bytes, 0, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int count)
    {
        if (_bytes.Length - _length < count)
            Grow(count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(_length + count)));
}
