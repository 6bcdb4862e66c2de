using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>A trace file that is written while it is read, record by record, each head last, as a recorder does it.</summary>
internal sealed class GrowingTrace : IDisposable
{
    private readonly FileStream _file;
    private readonly byte[] _whole;

    /// <param name="whole">The trace as it will be in the end.</param>
    /// <param name="definitionChunks">How many chunks are there from the start.</param>
    public GrowingTrace(TraceBuilder whole, int definitionChunks = 1)
    {
        whole.Closed = false;
        _whole = whole.Build();
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        _file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _file.Write(_whole, 0, TraceFormat.HeaderSize + definitionChunks * TraceFormat.ChunkSize);
    }

    public string Path { get; }

    /// <summary>Adds empty chunks, as a recorder prepares them.</summary>
    public void Prepare(int chunks) => _file.SetLength(_file.Length + (long)chunks * TraceFormat.ChunkSize);

    /// <summary>Lets a thread take a prepared chunk: its header becomes visible, and nothing in it.</summary>
    public void Take(int chunk)
    {
        Put(Offset(chunk), 24);
        Put(Offset(chunk) + 24, ChunkHeader.Size - 24);
    }

    /// <summary>Commits the next records of a chunk, contents first; safepoints do not count.</summary>
    /// <returns>Where the next record begins.</returns>
    public int Commit(int chunk, int position, int records)
    {
        while (records > 0 && position < TraceFormat.ChunkSize)
        {
            int at = Offset(chunk) + position;
            uint head = BitConverter.ToUInt32(_whole, at);
            int size = head == 0 ? 0 : RecordSchema.Current.IsEndOfChunk(head)
                ? 8 : RecordSchema.Current.Measure(head, BitConverter.ToUInt32(_whole, at + 4),
                    BitConverter.ToUInt32(_whole, Offset(chunk)), known: true);
            if (size == 0)
                break;
            Put(at + 4, size - 4);
            Put(at, 4);
            position += size;
            records -= head == Safepoint.Head ? 0 : 1;
        }

        return position;
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(Path);
    }

    private static int Offset(int chunk) => TraceFormat.HeaderSize + chunk * TraceFormat.ChunkSize;

    private void Put(int offset, int count)
    {
        _file.Position = offset;
        _file.Write(_whole, offset, count);
    }
}
