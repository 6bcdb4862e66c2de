using System;
using System.IO;

namespace ObjWatch.Trace;

/// <summary>The bytes of a trace, read at given places. The file may be written, grow or be deleted meanwhile.</summary>
internal sealed class TraceFile : IDisposable
{
    private readonly FileStream _stream;

    /// <param name="path">The file.</param>
    /// <param name="scattered">Whether little of it will be read: then the system need not read ahead.</param>
    public TraceFile(string path, bool scattered = false) =>
        // Without a buffer of its own: what it had buffered would be stale the next time.
        _stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, scattered ? FileOptions.RandomAccess : FileOptions.None);

    /// <summary>The file's present length.</summary>
    public long Length => _stream.Length;

    /// <summary>Reads until <paramref name="count"/> bytes are there or the file ends.</summary>
    /// <returns>The number of bytes read.</returns>
    public int Read(long offset, byte[] buffer, int start, int count)
    {
        int done = 0;
        while (done < count)
        {
#if NET8_0_OR_GREATER
            int read = RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(start + done, count - done), offset + done);
#else
            _stream.Seek(offset + done, SeekOrigin.Begin);
            int read = _stream.Read(buffer, start + done, count - done);
#endif
            if (read == 0)
                break;
            done += read;
        }

        return done;
    }

    public void Dispose() => _stream.Dispose();
}
