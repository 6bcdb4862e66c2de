using System;
using System.IO;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Writes the records of one stream into chunks of a trace.</summary>
internal abstract class StreamBuilder
{
    /// <summary>The chunk that is being written.</summary>
    public abstract byte[]? LastChunk { get; }

    /// <summary>How far it has been written.</summary>
    public abstract int Position { get; }

    /// <summary>The check of its last window; 0 in version 1.</summary>
    public virtual uint Check => 0;

    public abstract StreamBuilder Run(int site, ulong ticks, int line, int depth, params byte[][] values);

    public abstract StreamBuilder End(int site, ulong ticks, int depth, byte[] result, bool failed = false);

    public abstract StreamBuilder Await(int site, ulong ticks, int depth, int line, byte[]? given = null);

    public abstract StreamBuilder Resume(int site, ulong ticks, int depth, int line);

    public abstract StreamBuilder Update(int site, long owner, byte[] before, byte[] after);

    public abstract StreamBuilder UpdateAtLine(int site, long owner, int line, byte[] before, byte[] after);

    public abstract StreamBuilder Length(int site, long owner, int before, int after, int type);

    public abstract StreamBuilder OtherThread(uint number, ulong ticks, uint managedId);

    /// <summary>From here on events are those of a rank; each later chunk begins with that.</summary>
    public abstract StreamBuilder Rank(int rank);

    public abstract StreamBuilder EventsLost(long count);

    /// <summary>Writes a record without a site.</summary>
    public abstract StreamBuilder Record(RecordKind kind, Action<BinaryWriter> write);

    /// <summary>Writes bytes as they are.</summary>
    public abstract StreamBuilder Raw(byte[] record);

    /// <summary>Leaves the rest of the present chunk unused.</summary>
    public abstract StreamBuilder NextChunk();
}
