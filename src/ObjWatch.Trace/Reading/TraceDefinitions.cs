using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Trace.Reading;

/// <summary>What the numbers in a trace's records mean: sites, types, texts, threads, and the facts about the run.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceDefinitions
{
    private readonly TraceDamage _damage;
    private readonly Dictionary<uint, MemoryStream> _partial = new();
    private readonly List<AssemblySites> _assemblies = new();
    private readonly Dictionary<uint, RecordedType> _types = new();
    private readonly Dictionary<uint, string> _texts = new();
    private readonly Dictionary<uint, RecordedThread> _threads = new();
    private readonly List<KeyValuePair<string, string>> _facts = new();
    private readonly SortedDictionary<uint, ulong> _leftOut = new();
    private readonly Dictionary<long, (uint Bytes, uint Check)> _written = new();
    private readonly List<SourceChecksum> _checksums = [];

    /// <param name="damage">Where damage is counted.</param>
    public TraceDefinitions(TraceDamage damage) => _damage = damage;

    /// <summary>The woven assemblies.</summary>
    public IReadOnlyList<AssemblySites> Assemblies => _assemblies;

    /// <summary>The types by number.</summary>
    public IReadOnlyDictionary<uint, RecordedType> Types => _types;

    /// <summary>The texts by number.</summary>
    internal IReadOnlyDictionary<uint, string> Texts => _texts;

    /// <summary>The threads by number.</summary>
    public IReadOnlyDictionary<uint, RecordedThread> Threads => _threads;

    /// <summary>The facts, in the order in which they were written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts => _facts;

    /// <summary>How many events at a site a limit left out, by the site's number.</summary>
    public IReadOnlyDictionary<uint, ulong> LeftOut => _leftOut;

    /// <summary>The checksums of source files.</summary>
    public IReadOnlyList<SourceChecksum> Checksums => _checksums;

    /// <summary>Where the chunks lie of which it is said how many bytes were written.</summary>
    internal IEnumerable<long> WrittenChunks => _written.Keys;

    /// <summary>How many bytes were written of the chunk at an offset, with the check of its last window; 0: nothing is said of
    /// that.</summary>
    public (uint Bytes, uint Check) WrittenAt(long offset) => _written.TryGetValue(offset, out (uint, uint) written) ? written : default;

    /// <summary>Takes in one record of the stream of definitions.</summary>
    public void Read(RecordSchema schema, ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record);
        RecordLayout? layout = schema.LayoutOf(cursor.U32());
        bool good = layout?.Kind switch
        {
            RecordKind.AssemblyPart => ReadAssemblyPart(ref cursor),
            RecordKind.Type => ReadType(ref cursor),
            RecordKind.Thread => ReadThread(ref cursor),
            RecordKind.Fact => ReadFact(ref cursor),
            RecordKind.Text => ReadText(ref cursor),
            RecordKind.LeftOut => ReadLeftOut(ref cursor),
            RecordKind.Written => ReadWritten(ref cursor, schema.HasSafepoints),
            RecordKind.SourceChecksum => ReadChecksum(ref cursor),
            _ => false,
        };
        if (!good)
            _damage.BadDefinitions++;
    }

    private bool ReadAssemblyPart(ref RecordCursor cursor)
    {
        uint first = cursor.U32();
        uint total = cursor.U32();
        uint offset = cursor.U32();
        uint count = cursor.U32();
        ReadOnlySpan<byte> bytes = count <= (uint)cursor.Left ? cursor.Bytes((int)count) : default;
        // Memory is taken for what has come and not for what is announced. Parts come in order; a table with a hole is not used.
        if (count != (uint)bytes.Length || offset > total || count > total - offset)
            return false;
        if (offset == 0)
            _partial[first] = new MemoryStream();
        if (!_partial.TryGetValue(first, out MemoryStream? table) || table.Length != offset)
            return false;
#if NET8_0_OR_GREATER
        table.Write(bytes);
#else
        table.Write(bytes.ToArray(), 0, bytes.Length);
#endif
        if (table.Length < total)
            return true;
        _partial.Remove(first);
        table.Position = 0;
        try
        {
            _assemblies.Add(new AssemblySites(_assemblies.Count, first, SiteTable.Read(table)));
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private bool ReadType(ref RecordCursor cursor)
    {
        uint number = cursor.U32();
        bool isEnum = (cursor.U8() & 1) != 0;
        string name = cursor.Text();
        string fullName = cursor.Text();
        int count = cursor.U16();
        // Every field takes at least the two bytes of its name's length.
        if (cursor.Damaged || count * 2 > cursor.Left)
            return false;
        var fields = new string[count];
        ulong[] values = isEnum ? new ulong[count] : [];
        for (int i = 0; i < count; i++)
        {
            fields[i] = cursor.Text();
            if (isEnum)
                values[i] = cursor.U64();
        }

        if (cursor.Damaged)
            return false;
        _types[number] = new RecordedType(name, fullName, isEnum, fields, values);
        return true;
    }

    private bool ReadThread(ref RecordCursor cursor)
    {
        uint number = cursor.U32();
        uint id = cursor.U32();
        string name = cursor.Text();
        if (cursor.Damaged)
            return false;
        _threads[number] = new RecordedThread(id, name);
        return true;
    }

    private bool ReadFact(ref RecordCursor cursor)
    {
        string key = cursor.Text();
        string value = cursor.Text();
        if (cursor.Damaged)
            return false;
        _facts.Add(new KeyValuePair<string, string>(key, value));
        return true;
    }

    private bool ReadLeftOut(ref RecordCursor cursor)
    {
        uint site = cursor.U32();
        ulong count = cursor.U64();
        if (cursor.Damaged)
            return false;
        _leftOut[site] = count;
        return true;
    }

    private bool ReadWritten(ref RecordCursor cursor, bool hasCheck)
    {
        ulong offset = cursor.U64();
        uint bytes = cursor.U32();
        uint check = hasCheck ? cursor.U32() : 0;
        if (cursor.Damaged || offset > long.MaxValue - TraceFormat.ChunkSize)
            return false;
        _written[(long)offset] = (bytes, check);
        return true;
    }

    private bool ReadChecksum(ref RecordCursor cursor)
    {
        uint assembly = cursor.U32();
        uint file = cursor.U32();
        byte algorithm = cursor.U8();
        ReadOnlySpan<byte> bytes = cursor.Bytes(cursor.U8());
        if (cursor.Damaged)
            return false;
        _checksums.Add(new SourceChecksum(assembly, file, algorithm, bytes.ToArray()));
        return true;
    }

    private bool ReadText(ref RecordCursor cursor)
    {
        uint number = cursor.U32();
        string text = cursor.Text();
        if (cursor.Damaged)
            return false;
        _texts[number] = text;
        return true;
    }
}

/// <summary>The sites of one woven assembly, and the numbers they have in the trace.</summary>
/// <param name="Index">Which of the trace's assemblies it is, from 0.</param>
/// <param name="First">Number of its first site in the trace.</param>
/// <param name="Table">What the weaver knew.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record AssemblySites(int Index, uint First, SiteTable Table);

/// <summary>A type that values refer to.</summary>
/// <param name="Name">C# style, without namespace.</param>
/// <param name="FullName">With namespace.</param>
/// <param name="IsEnum">Whether <paramref name="Fields"/> are the members of an enum.</param>
/// <param name="Fields">Names of a struct's fields or an enum's members.</param>
/// <param name="Values">The raw values of an enum's members; else empty.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RecordedType(string Name, string FullName, bool IsEnum, string[] Fields, ulong[] Values);

/// <summary>A recorded thread.</summary>
/// <param name="ManagedId">Its id in the recorded process.</param>
/// <param name="Name">Its name, empty where it has none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RecordedThread(uint ManagedId, string Name);

/// <summary>The checksum of a source file.</summary>
/// <param name="FirstSite">The number of the first site of its assembly.</param>
/// <param name="File">Which of the assembly's files it is, from 0.</param>
/// <param name="Algorithm">1 SHA-1, 2 SHA-256.</param>
/// <param name="Bytes">The checksum.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SourceChecksum(uint FirstSite, uint File, byte Algorithm, byte[] Bytes);
