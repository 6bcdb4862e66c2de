using System;
using System.IO;
using System.Runtime.InteropServices;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// A long row of numbers, mostly written near its end and then read from its beginning. What does not fit in a window of memory lies in a
/// temporary file.
/// </summary>
internal sealed class NumberFile : IDisposable
{
    private readonly long[] _window;
    private long _windowStart;
    private FileStream? _file;

    /// <param name="window">How many numbers are held in memory.</param>
    public NumberFile(int window = 64 * 1024) => _window = new long[window];

    /// <summary>Sets the number at a place. Those not set are 0.</summary>
    public void Set(long index, long value)
    {
        if (index >= _windowStart + _window.Length)
            Move(index / _window.Length * _window.Length);
        if (index >= _windowStart)
        {
            _window[index - _windowStart] = value;
            return;
        }

        // The call that ends here began long ago.
        _file!.Position = index * sizeof(long);
        WriteToFile([value]);
    }

    /// <summary>The number at a place. Fast where places are asked for in order.</summary>
    public long Get(long index)
    {
        if (index < _windowStart || index >= _windowStart + _window.Length)
            Move(index / _window.Length * _window.Length);
        return _window[index - _windowStart];
    }

    public void Dispose() => _file?.Dispose();

    private void Move(long start)
    {
        _file ??= new FileStream(
            Path.Combine(Path.GetTempPath(), "objwatch-" + Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite,
            FileShare.None, 1, FileOptions.DeleteOnClose);
        _file.Position = _windowStart * sizeof(long);
        WriteToFile(_window);
        _windowStart = start;
        Array.Clear(_window, 0, _window.Length);
        _file.Position = start * sizeof(long);
        ReadFromFile();
    }

    private void WriteToFile(ReadOnlySpan<long> numbers)
    {
#if NET
        _file!.Write(MemoryMarshal.AsBytes(numbers));
#else
        byte[] bytes = MemoryMarshal.AsBytes(numbers).ToArray();
        _file!.Write(bytes, 0, bytes.Length);
#endif
    }

    private void ReadFromFile()
    {
#if NET
        Span<byte> room = MemoryMarshal.AsBytes(_window.AsSpan());
        _file!.ReadAtLeast(room, room.Length, throwOnEndOfStream: false);
#else
        var bytes = new byte[_window.Length * sizeof(long)];
        int length = 0;
        for (int read = -1; read != 0; length += read)
            read = _file!.Read(bytes, length, bytes.Length - length);
        bytes.AsSpan(0, length).CopyTo(MemoryMarshal.AsBytes(_window.AsSpan()));
#endif
    }
}
