using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Threading;
using ObjWatch.Threading;
using ObjWatch.Trace.Format;

namespace ObjWatch.Values.Naming;

/// <summary>
/// What traces refer to by number: assemblies with their sites, types, texts. Numbers are the process's, so everything
/// defined before a session is written again at its start; what comes up later is written before the record that needs it.
/// </summary>
internal sealed class Definitions
{
    private const int PartSize = 4096;
    private const int MaximumEnumBytes = 7000;

    private readonly object _gate = new();
    private readonly List<(RecordKind Kind, byte[] Body)> _all = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private IDefinitionSink? _sink;
    private int _lastType;

    private Definitions()
    {
    }

    /// <summary>Those of this process.</summary>
    public static Definitions OfProcess { get; } = new();

    /// <summary>Hands all definitions to a session's trace, and those to come.</summary>
    public void Attach(IDefinitionSink sink)
    {
        using (new HeldLock(_gate))
        {
            foreach ((RecordKind kind, byte[] body) in _all)
                sink.Write(kind, body);
            _sink = sink;
        }
    }

    /// <summary>Hands nothing more to a session's trace.</summary>
    public void Detach(IDefinitionSink sink)
    {
        using (new HeldLock(_gate))
        {
            if (_sink == sink)
                _sink = null;
        }
    }

    /// <summary>The definitions of types and texts that came up since they were last asked for, as records.</summary>
    /// <param name="known">How many definitions have been looked at.</param>
    public List<byte[]> Since(ref int known)
    {
        var records = new List<byte[]>();
        using (new HeldLock(_gate))
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
    public void AddSites(int firstSite, byte[] table)
    {
        using (new HeldLock(_gate))
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
    public int AddType(Type type, FieldInfo[] fields)
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

        using (new HeldLock(_gate))
            Add(RecordKind.Type, body);
        return number;
    }

    /// <summary>Defines a text.</summary>
    public int AddText(string text)
    {
        using (new HeldLock(_gate))
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

    private void Add(RecordKind kind, DefinitionBody body)
    {
        byte[] bytes = body.ToArray();
        _all.Add((kind, bytes));
        _sink?.Write(kind, bytes);
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2070", Justification = "The members of an enum that is used are kept; one that is not shows as its number.")]
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
