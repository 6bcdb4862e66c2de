using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Reflection;
using System.Threading;
using ObjWatch.Recording;
using ObjWatch.Trace.Format;

namespace ObjWatch.Values;

/// <summary>
/// What traces refer to by number: assemblies with their sites, types, texts. Numbers are the process's, so everything
/// defined before a session is written again at its start; what comes up later is written before the record that needs it.
/// </summary>
internal static class Definitions
{
    private const int PartSize = 4096;
    private const int MaximumEnumBytes = 7000;

    private static readonly object _gate = new();
    private static readonly List<(RecordKind Kind, byte[] Body)> _all = [];
    private static DefinitionStream? _stream;
    private static int _lastType;
    private static readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    /// <summary>Writes all definitions to a session's trace, and those to come.</summary>
    public static void Attach(DefinitionStream stream)
    {
        using (new Hold(_gate))
        {
            foreach ((RecordKind kind, byte[] body) in _all)
                stream.Write(kind, body);
            _stream = stream;
        }
    }

    /// <summary>Writes nothing more to a session's trace.</summary>
    public static void Detach(DefinitionStream stream)
    {
        using (new Hold(_gate))
        {
            if (_stream == stream)
                _stream = null;
            stream.Close();
        }
    }

    /// <summary>The definitions of types and texts that came up since they were last asked for, as records.</summary>
    /// <param name="known">How many definitions have been looked at.</param>
    public static List<byte[]> Since(ref int known)
    {
        var records = new List<byte[]>();
        using (new Hold(_gate))
        {
            for (; known < _all.Count; known++)
            {
                (RecordKind kind, byte[] body) = _all[known];
                if (kind is not (RecordKind.Type or RecordKind.Text))
                    continue;
                var record = new DefinitionBody();
                record.Write((int)RecordHead.Sized(kind, 0)).Write(body, 0, body.Length);
                records.Add(record.ToArray());
            }
        }

        return records;
    }

    /// <summary>Defines a woven assembly's sites.</summary>
    public static void AddSites(int firstSite, byte[] table)
    {
        using (new Hold(_gate))
        {
            for (int offset = 0; offset < table.Length; offset += PartSize)
            {
                int count = Math.Min(PartSize, table.Length - offset);
                var body = new DefinitionBody();
                body.Write(firstSite).Write(table.Length).Write(offset).Write(count).Write(table, offset, count);
                Add(RecordKind.AssemblyPart, body);
            }
        }
    }

    /// <summary>Defines a type.</summary>
    public static int AddType(Type type, FieldInfo[] fields)
    {
        string name = TypeNames.NameOf(type);
        string fullName = TypeNames.FullNameOf(type);
        // Reflection may load assemblies, and the program may have a say in that: not under a lock.
        int number = Interlocked.Increment(ref _lastType);
        var body = new DefinitionBody();
        body.Write(number).Write((byte)(type.IsEnum ? 1 : 0)).Write(name).Write(fullName);
        if (type.IsEnum)
        {
            WriteMembers(body, type);
        }
        else
        {
            body.Write((ushort)fields.Length);
            foreach (FieldInfo field in fields)
                body.Write(SourceName(field.Name));
        }

        using (new Hold(_gate))
            Add(RecordKind.Type, body);
        return number;
    }

    /// <summary>Defines a text.</summary>
    public static int AddText(string text)
    {
        using (new Hold(_gate))
        {
            if (!_texts.TryGetValue(text, out int number))
            {
                number = _texts.Count + 1;
                _texts.Add(text, number);
                Add(RecordKind.Text, new DefinitionBody().Write(number).Write(text));
            }

            return number;
        }
    }

    /// <summary>Says in the trace of the session that runs how many events at a site a limit has left out so far.</summary>
    public static void AddLeftOut(int site, long count)
    {
        using (new Hold(_gate))
            _stream?.Write(RecordKind.LeftOut, new DefinitionBody().Write(site).Write(count).ToArray());
    }

    /// <summary>Defines a thread of the session that runs. It is not repeated in later ones.</summary>
    public static void AddThread(DefinitionStream stream, int number, int managedThreadId, string? name)
    {
        using (new Hold(_gate))
            stream.Write(RecordKind.Thread, new DefinitionBody().Write(number).Write(managedThreadId).Write(name ?? "").ToArray());
    }

    /// <summary>Adds a fact about the session that runs. It is not repeated in later ones.</summary>
    public static void AddFact(DefinitionStream stream, string key, string value)
    {
        using (new Hold(_gate))
            stream.WriteFact(key, value);
    }

    /// <summary>Says how far the last chunk of a stream has been written, with the check of its last window (0: not known).</summary>
    public static void AddWritten(DefinitionStream stream, long chunkOffset, int bytes, uint check)
    {
        using (new Hold(_gate))
            stream.Write(RecordKind.Written, new DefinitionBody().Write(chunkOffset).Write(bytes).Write((int)check).ToArray());
    }

    private static void Add(RecordKind kind, DefinitionBody body)
    {
        byte[] bytes = body.ToArray();
        _all.Add((kind, bytes));
        _stream?.Write(kind, bytes);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The members of an enum that is used are kept; one that is not shows as its number.")]
    private static void WriteMembers(DefinitionBody body, Type type)
    {
        FieldInfo[] members = type.GetFields(BindingFlags.Static | BindingFlags.Public);
        int counted = body.ReserveCount();
        ushort count = 0;
        foreach (FieldInfo member in members)
        {
            if (body.Length > MaximumEnumBytes)
                break;
            body.Write(member.Name).Write(Raw(member.GetRawConstantValue()));
            count++;
        }

        body.SetCount(counted, count);
    }

    private static long Raw(object? value) => value switch
    {
        null => 0,
        ulong large => (long)large,
        char unit => unit,
        bool truth => truth ? 1 : 0,
        _ => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The name of the source for what a compiler keeps in a field: C#'s <c>&lt;Name&gt;k__BackingField</c> is a property,
    /// <c>&lt;name&gt;P</c> a parameter of a primary constructor, F#'s <c>Name@</c> the field of a record.</summary>
    public static string SourceName(string field)
    {
        if (field.Length > 1 && field[field.Length - 1] == '@')
            return field.Substring(0, field.Length - 1);
        int end = field.IndexOf('>');
        return end > 1 && field[0] == '<' && field.Substring(end + 1) is "k__BackingField" or "P" ? field.Substring(1, end - 1) : field;
    }
}
