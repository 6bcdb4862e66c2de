using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Text;
using ObjWatch.Trace.Rendering;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Trace.Format;

/// <summary>
/// What the weaver knows of every probe site of one assembly: its method, member, source file and line.
/// </summary>
/// <remarks>
/// The weaver embeds the table in the woven assembly as the resource <see cref="ResourceName"/>; the runtime copies those bytes
/// into the trace unread; whoever renders the trace reads them. So a woven program pays for no lookup of a name,
/// and a trace can be rendered on a machine that has never seen the program. docs/trace-format.md specifies the bytes.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SiteTable
{
    /// <summary>Name of the manifest resource that holds the table in a woven assembly.</summary>
    public const string ResourceName = "ObjWatch.Sites";

    private const uint Magic = 0x5453_574F; // "OWST"
    private const ushort Version = 2;

    /// <summary>Version of the weaver that made the table.</summary>
    public string WeaverVersion { get; set; } = "";

    /// <summary>The woven assembly's simple name.</summary>
    public string AssemblyName { get; set; } = "";

    /// <summary>
    /// What the build decided, by option name. Names that start with <c>weave.</c> say how the assembly was woven (weaving
    /// again with other values is an error); the others are defaults for the run, such as <c>Output</c>.
    /// </summary>
    public SortedDictionary<string, string> Options { get; } = new(StringComparer.Ordinal);

    /// <summary>Source files, as the symbols name them.</summary>
    public List<string> Files { get; } = new();

    /// <summary>Traced methods, and those that only hold stores to traced members.</summary>
    public List<MethodEntry> Methods { get; } = new();

    /// <summary>Traced fields, properties, statics and locals.</summary>
    public List<MemberEntry> Members { get; } = new();

    /// <summary>Every probe site; its index plus the first number the runtime handed to the assembly is the number in the trace.</summary>
    public List<SiteEntry> Sites { get; } = new();

    /// <summary>Writes the table.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(WeaverVersion);
        writer.Write(AssemblyName);
        writer.Write(Options.Count);
        foreach (KeyValuePair<string, string> option in Options)
        {
            writer.Write(option.Key);
            writer.Write(option.Value);
        }

        writer.Write(Files.Count);
        foreach (string file in Files)
            writer.Write(file);
        writer.Write(Methods.Count);
        foreach (MethodEntry method in Methods)
            method.Write(writer);
        writer.Write(Members.Count);
        foreach (MemberEntry member in Members)
        {
            writer.Write(member.Name);
            writer.Write((byte)member.Kind);
            writer.Write((byte)(member.Redacted ? 1 : 0));
            writer.Write(member.Namespace);
        }

        writer.Write(Sites.Count);
        foreach (SiteEntry site in Sites)
        {
            writer.Write((byte)site.Kind);
            writer.Write(site.Method);
            writer.Write(site.Member);
            writer.Write(site.Line);
        }
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">The bytes are no table of this version, or a number in them is out of range.</exception>
    /// <exception cref="EndOfStreamException">The bytes end too early.</exception>
    public static SiteTable Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, new UTF8Encoding(false), leaveOpen: true);
        SiteTable table = ReadHead(reader);
        for (int i = Count(reader); i > 0; i--)
            table.Files.Add(reader.ReadString());
        for (int i = Count(reader); i > 0; i--)
            table.Methods.Add(MethodEntry.Read(reader, table.Files.Count));
        for (int i = Count(reader); i > 0; i--)
        {
            table.Members.Add(new MemberEntry(reader.ReadString(), (MemberKind)reader.ReadByte())
            {
                Redacted = (reader.ReadByte() & 1) != 0, Namespace = reader.ReadString(),
            });
        }

        for (int i = Count(reader); i > 0; i--)
        {
            var kind = (SiteKind)reader.ReadByte();
            int method = Index(reader, table.Methods.Count);
            int member = Index(reader, table.Members.Count);
            table.Sites.Add(new SiteEntry(kind, method, member, reader.ReadInt32()));
        }

        return table;
    }

    /// <summary>Reads what the build decided for the run, and nothing else of the table.</summary>
    /// <exception cref="InvalidDataException">The bytes are no table of this version.</exception>
    /// <exception cref="EndOfStreamException">The bytes end too early.</exception>
    public static SortedDictionary<string, string> ReadOptions(Stream stream)
    {
        using var reader = new BinaryReader(stream, new UTF8Encoding(false), leaveOpen: true);
        return ReadHead(reader).Options;
    }

    private static SiteTable ReadHead(BinaryReader reader)
    {
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("not a table of ObjWatch probe sites");
        ushort version = reader.ReadUInt16();
        if (version != Version)
            throw new InvalidDataException($"the table of probe sites has version {version}; this reader knows version {Version}");
        var table = new SiteTable { WeaverVersion = reader.ReadString(), AssemblyName = reader.ReadString() };
        for (int i = Count(reader); i > 0; i--)
            table.Options[reader.ReadString()] = reader.ReadString();
        return table;
    }

    private static int Count(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        // Each entry takes at least one byte: a number beyond the rest of the stream is damage, not a reason to allocate.
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count
            : throw new InvalidDataException("a count in the table of probe sites is out of range");
    }

    internal static int Index(BinaryReader reader, int count)
    {
        int index = reader.ReadInt32();
        return index >= -1 && index < count
            ? index
            : throw new InvalidDataException("an index in the table of probe sites is out of range");
    }
}
