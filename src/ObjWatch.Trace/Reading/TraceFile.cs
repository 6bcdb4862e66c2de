using System;
using System.ComponentModel;
using System.IO;
using System.Threading;
#if NET8_0_OR_GREATER
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
#endif

namespace ObjWatch.Trace.Reading;

/// <summary>The bytes of a trace, read at given places. The file may be written, grow or be deleted meanwhile.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceFile : IDisposable
{
    private const int Threads = 31;
    private const int Batch = 16;
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

#if NET8_0_OR_GREATER
    // Not a stream's: that would tell the system its own place in the file with each read.
    private readonly SafeFileHandle _file;
#else
    private readonly FileStream _file;
#endif

    /// <param name="path">The file.</param>
    /// <param name="scattered">Whether little of it will be read: then the system need not read ahead.</param>
    public TraceFile(string path, bool scattered = false)
    {
        FileOptions options = scattered ? FileOptions.RandomAccess : FileOptions.None;
#if NET8_0_OR_GREATER
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, Share, options);
#else
        // Without a buffer of its own: what it had buffered would be stale the next time.
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, Share, bufferSize: 1, options);
#endif
    }

    /// <summary>The file's present length.</summary>
    public long Length =>
#if NET8_0_OR_GREATER
        RandomAccess.GetLength(_file);
#else
        _file.Length;
#endif

    /// <summary>Reads until <paramref name="count"/> bytes are there or the file ends.</summary>
    /// <returns>The number of bytes read.</returns>
    public int Read(long offset, byte[] buffer, int start, int count)
    {
        int done = 0;
        while (done < count)
        {
#if NET8_0_OR_GREATER
            int read = RandomAccess.Read(_file, buffer.AsSpan(start + done, count - done), offset + done);
#else
            _file.Seek(offset + done, SeekOrigin.Begin);
            int read = _file.Read(buffer, start + done, count - done);
#endif
            if (read == 0)
                break;
            done += read;
        }

        return done;
    }

    /// <summary>Does many reads at scattered places at the same time: a disk has their answers sooner than one after the other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="read">Does the one with a number, from 0. It may be called on several threads.</param>
    public static void ReadAtOnce(int count, Action<int> read)
    {
        int taken = 0;
        void Read()
        {
            for (int end; (end = Interlocked.Add(ref taken, Batch)) - Batch < count;)
            {
                for (int i = end - Batch; i < Math.Min(end, count); i++)
                    read(i);
            }
        }

#if NET8_0_OR_GREATER
        // On threads of their own, because all they do is wait.
        Task[] others = [.. Enumerable.Range(0, Math.Min(Threads, count / Batch)).Select(_ =>
            Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Read();
        Task.WhenAll(others).GetAwaiter().GetResult();
#else
        Read();
#endif
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
