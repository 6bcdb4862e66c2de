using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Reads a trace that may still be written, may end anywhere, or be damaged. Finds the chunks and hands them to their streams;
/// keeps the definitions up to date with what the streams have read.
/// </summary>
/// <remarks>Nothing in a trace's content makes it throw; <see cref="Damage"/> counts what could not be understood.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceReader : IDisposable
{
    // So many prepared chunks a recorder never has; looking at all of them again and again would make a file of zeros slow to read.
    private const int MostUnusedLookedAtAgain = 1024;

    private readonly Dictionary<uint, TraceStream> _byNumber = new();
    private readonly List<TraceStream> _streams = new();
    private readonly TraceStream _definitionStream;
    private readonly byte[] _chunkHeader = [];
    private readonly List<long> _unmarked = new();
    private readonly byte[] _checkedHeader = [];
    private readonly Dictionary<long, (uint Stream, uint Sequence)> _places = new();
    private readonly HeadersAhead? _headers;
    private List<long> _unused = new();
    private long _scanned = TraceFormat.HeaderSize;
    private bool _drained;
    private bool _noNewStreams;

    /// <summary>Opens a trace.</summary>
    /// <param name="path">The file.</param>
    /// <param name="growing">Whether its recorder is at work, so that what is missing may still come.</param>
    /// <param name="scattered">Whether little of it will be read.</param>
    /// <exception cref="InvalidDataException">The file is no trace that this version can read.</exception>
    public TraceReader(string path, bool growing, bool scattered = false)
        : this(new TraceFile(path, scattered), growing, scattered)
    {
    }

    private TraceReader(TraceFile file, bool growing, bool scattered)
    {
        File = file;
        try
        {
            Growing = growing;
            Header = TraceHeader.Read(File, Damage);
            Schema = Header.Schema;
            _chunkHeader = new byte[Schema.ChunkHeaderSize];
            _checkedHeader = new byte[Schema.ChunkHeaderSize];
            if (scattered)
                _headers = new HeadersAhead(file, Schema.ChunkHeaderSize);
            Clock = new TraceClock(Header);
            _definitionStream = new TraceStream(this, 0);
            Definitions = new TraceDefinitions(Damage);
            Scan();
            if (IsRing && !growing && !Header.Closed)
                ScanAgain();
            AdoptUnmarked();
            if (Header.ClosedLength > (ulong)File.Length)
                Damage.MissingBytes = Header.ClosedLength - (ulong)File.Length;
            DrainDefinitions();
            MissWrittenChunks();
        }
        catch
        {
            File.Dispose();
            throw;
        }
    }

    /// <summary>What its times mean. Another than its own is to be set before the first record is read.</summary>
    public TraceClock Clock { get; set; }

    /// <summary>The rank that all events are shown with; null: what the trace says of each.</summary>
    public int? AssumedRank { get; set; }

    /// <summary>Its place among the traces that are read together.</summary>
    public int Index { get; set; }

    /// <summary>The header, as it was when the trace was opened.</summary>
    public TraceHeader Header { get; }

    /// <summary>The records there are.</summary>
    internal RecordSchema Schema { get; }

    /// <summary>What the numbers in records mean, as far as has been read.</summary>
    public TraceDefinitions Definitions { get; }

    /// <summary>What is wrong with the trace, as far as has been read.</summary>
    public TraceDamage Damage { get; } = new();

    /// <summary>The streams of events, in the order in which they were found.</summary>
    public IReadOnlyList<TraceStream> Streams => _streams;

    /// <summary>Whether what is missing may still come.</summary>
    public bool Growing { get; set; }

    /// <summary>How many chunks are in use.</summary>
    public long ChunkCount { get; private set; }

    /// <summary>Whether the trace keeps only its last events, so that its recorder uses chunks again.</summary>
    public bool IsRing => Header.RingChunks > 0;

    /// <summary>How many chunks of a ring are known to have been used again before they were read.</summary>
    internal long Overwritten { get; set; }

    /// <summary>The bytes.</summary>
    public TraceFile File { get; }

    /// <summary>Begins to read the same file from its beginning, whatever it is called by now. Valid as long as this reader is, and not to
    /// be disposed of.</summary>
    internal TraceReader ReadAgain() => new(File, growing: false, scattered: false);

    /// <summary>Looks for chunks that have come into use.</summary>
    public void Scan()
    {
        if (IsRing)
            _scanned = TraceFormat.HeaderSize;
        else if (_unused.Count <= MostUnusedLookedAtAgain)
        {
            var stillUnused = new List<long>();
            foreach (long offset in _unused)
            {
                if (!Look(offset))
                    stillUnused.Add(offset);
            }

            _unused = stillUnused;
        }

        long length = File.Length;
        for (; _scanned <= length - Schema.ChunkHeaderSize; _scanned += TraceFormat.ChunkSize)
        {
            if (Growing && _scanned > length - TraceFormat.ChunkSize)
                break;
            if (!Look(_scanned) && !IsRing)
                _unused.Add(_scanned);
        }
    }

    /// <summary>
    /// A ring may be turning while it is looked through: a chunk can be taken at a place that has been passed, and its successor at one
    /// that comes. A second look finds it. What is later than all of the first look waits for the next reader.
    /// </summary>
    private void ScanAgain()
    {
        foreach (TraceStream stream in _streams)
            stream.TakeNoLaterChunks();
        _noNewStreams = true;
        Scan();
    }

    /// <summary>A chunk whose mark is damaged is read all the same, if the rest of its header fits a gap.</summary>
    private void AdoptUnmarked()
    {
        foreach (long offset in _unmarked)
        {
            if (File.Read(offset, _chunkHeader, 0, _chunkHeader.Length) < _chunkHeader.Length)
                continue;
            ChunkHeader header = ChunkHeader.Read(_chunkHeader);
            bool known = header.Stream == 0 || _byNumber.ContainsKey(header.Stream);
            if (known ? StreamOf(header.Stream, 0).HasGapAt(header.Sequence) : header.Sequence == 0)
            {
                StreamOf(header.Stream, header.ManagedThreadId).Add(At(header, offset));
                ChunkCount++;
            }
        }

        _unmarked.Clear();
    }

    /// <summary>Looks for the last chunks of the streams, of which the recorder says that it has written them.</summary>
    private void MissWrittenChunks()
    {
        foreach (long offset in Definitions.WrittenChunks)
        {
            // One with another mark has been told of.
            if (File.Read(offset, _chunkHeader, 0, _chunkHeader.Length) == _chunkHeader.Length && ChunkHeader.Read(_chunkHeader).Magic == 0
                && !HasRecords(offset))
                Damage.MissingChunks++;
        }
    }

    /// <summary>Called by a stream that has read records: their definitions were written before them, so they can be read now.</summary>
    internal void AfterLoading(TraceStream stream)
    {
        if (stream.Number != 0)
            DrainDefinitions();
    }

    /// <summary>Looks at one chunk's header.</summary>
    /// <returns>Whether the chunk is in use (or never will be).</returns>
    private bool Look(long offset)
    {
        for (int i = 0; ; i++)
        {
            // In a ring, which turns, a second look must be one.
            bool known = i == 0 && !IsRing && _headers != null && _headers.TryRead(offset, _chunkHeader);
            if (!known && File.Read(offset, _chunkHeader, 0, _chunkHeader.Length) < _chunkHeader.Length)
                return false;
            ChunkHeader header = ChunkHeader.Read(_chunkHeader);
            if (header.Magic == 0 && (Growing || IsRing || !HasRecords(offset)))
                return false;
            if (header.Magic != ChunkHeader.InUse)
            {
                Damage.BadChunks++;
                _unmarked.Add(offset);
                return true;
            }

            // The magic is stored last: what was read together with it may be older.
            if (i == 0 && !Header.Closed)
                continue;
            if (IsRing && !IsNewInRing(offset, header))
                return true;
            if (StreamOf(header.Stream, header.ManagedThreadId).Add(At(header, offset)))
                ChunkCount++;
            else
                Damage.BadChunks++;
            return true;
        }
    }

    private static StreamChunk At(ChunkHeader header, long offset) =>
        new(offset, header.Sequence, header.Ticks, header.Thread, header.Events, header.Ordinal);

    private bool HasRecords(long offset)
    {
        var head = new byte[sizeof(uint)];
        return File.Read(offset + Schema.ChunkHeaderSize, head, 0, head.Length) == head.Length && BitConverter.ToUInt32(head, 0) != 0;
    }

    private bool IsNewInRing(long offset, ChunkHeader header)
    {
        if (_places.TryGetValue(offset, out (uint, uint) seen) && seen == (header.Stream, header.Sequence))
            return false;
        _places[offset] = (header.Stream, header.Sequence);
        return !_noNewStreams || header.Stream == 0 || _byNumber.ContainsKey(header.Stream);
    }

    /// <summary>How many bytes the recorder says it wrote of the chunk at an offset, with the check of its last window; 0: it says
    /// nothing.</summary>
    internal (uint Bytes, uint Check) WrittenAt(long offset) => Definitions?.WrittenAt(offset) ?? default;

    /// <summary>Whether a chunk's place still holds it: a ring's recorder may have used it again.</summary>
    internal bool StillHolds(StreamChunk chunk, uint stream)
    {
        if (File.Read(chunk.Offset, _checkedHeader, 0, _checkedHeader.Length) < _checkedHeader.Length)
            return false;
        ChunkHeader header = ChunkHeader.Read(_checkedHeader);
        return header.Stream == stream && header.Sequence == chunk.Sequence && header.Magic == ChunkHeader.InUse;
    }

    private TraceStream StreamOf(uint number, uint threadId)
    {
        if (number == 0)
            return _definitionStream;
        if (!_byNumber.TryGetValue(number, out TraceStream? stream))
        {
            stream = new TraceStream(this, number) { ManagedThreadId = threadId };
            _byNumber.Add(number, stream);
            _streams.Add(stream);
        }

        return stream;
    }

    private void DrainDefinitions()
    {
        if (_drained)
            return;
        do
        {
            while (_definitionStream.TryRead())
            {
                Definitions.Read(Schema, _definitionStream.Record);
                _definitionStream.Advance();
            }
        }
        while (FindMoreDefinitions());
        // Of a trace that another process is writing, definitions are read as long as events are.
        _drained = !Growing && Header.Closed;
    }

    private bool FindMoreDefinitions()
    {
        if (Header.Closed || !_definitionStream.NeedsChunk)
            return false;
        int before = _definitionStream.ChunkCount;
        Scan();
        return _definitionStream.ChunkCount > before;
    }

    /// <inheritdoc />
    public void Dispose() => File.Dispose();
}
