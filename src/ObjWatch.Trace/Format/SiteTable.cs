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

/// <summary>A woven method.</summary>
/// <param name="QualifiedName">What the trace calls it: <c>Ns.Type.Method</c>, <c>Ns.Type..ctor</c>, <c>Ns.Type.Method.&lt;lambda&gt;</c>.</param>
/// <param name="TypeName">C# name of the declaring type without namespace (<c>Box&lt;T&gt;</c>, nested: <c>Outer.Inner</c>).</param>
/// <param name="File">Index of the source file, or -1 where there are no symbols.</param>
/// <param name="Line">First line of the method's body, or 0 where there are no symbols.</param>
/// <param name="Flags">What kind of method it is.</param>
/// <param name="Parameters">Its parameters in order, without <c>this</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MethodEntry(
    string QualifiedName, string TypeName, int File, int Line, MethodFlags Flags, IReadOnlyList<ParameterEntry> Parameters)
{
    /// <summary>How much of the qualified name is the namespace, without the dot behind it.</summary>
    public ushort NamespaceLength { get; init; }

    /// <summary>Where in the qualified name the name begins by which targets mean the method: that of the method that holds a lambda or local function.</summary>
    public ushort NameStart { get; init; }

    /// <summary>How long that name is.</summary>
    public ushort NameLength { get; init; }

    /// <summary>The namespace, empty for the global one.</summary>
    public string Namespace => QualifiedName.Substring(0, NamespaceLength);

    /// <summary>The name by which targets mean the method.</summary>
    public string SourceName => QualifiedName.Substring(NameStart, NameLength);

    internal void Write(BinaryWriter writer)
    {
        writer.Write(QualifiedName);
        writer.Write(TypeName);
        writer.Write(File);
        writer.Write(Line);
        writer.Write((byte)Flags);
        writer.Write(NamespaceLength);
        writer.Write(NameStart);
        writer.Write(NameLength);
        writer.Write((ushort)Parameters.Count);
        foreach (ParameterEntry parameter in Parameters)
        {
            writer.Write(parameter.Name);
            writer.Write(parameter.TypeName);
            writer.Write((byte)(parameter.Redacted ? 1 : 0));
        }
    }

    internal static MethodEntry Read(BinaryReader reader, int fileCount)
    {
        string qualifiedName = reader.ReadString();
        string typeName = reader.ReadString();
        int file = SiteTable.Index(reader, fileCount);
        int line = reader.ReadInt32();
        var flags = (MethodFlags)reader.ReadByte();
        ushort namespaceLength = reader.ReadUInt16();
        ushort nameStart = reader.ReadUInt16();
        ushort nameLength = reader.ReadUInt16();
        if (namespaceLength > qualifiedName.Length || nameStart + nameLength > qualifiedName.Length)
            throw new InvalidDataException("a name in the table of probe sites is out of range");
        var parameters = new List<ParameterEntry>();
        for (int i = reader.ReadUInt16(); i > 0; i--)
            parameters.Add(new ParameterEntry(reader.ReadString(), reader.ReadString()) { Redacted = (reader.ReadByte() & 1) != 0 });
        return new MethodEntry(qualifiedName, typeName, file, line, flags, parameters)
        {
            NamespaceLength = namespaceLength, NameStart = nameStart, NameLength = nameLength,
        };
    }
}

/// <summary>A parameter of a woven method.</summary>
/// <param name="Name">Its source name.</param>
/// <param name="TypeName">Its C# type (<c>ref int</c>, <c>Span&lt;byte&gt;</c>): what the trace shows where no value can be captured.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ParameterEntry(string Name, string TypeName)
{
    /// <summary>Whether its values must never be recorded.</summary>
    public bool Redacted { get; init; }
}

/// <summary>What is special about a woven method.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum MethodFlags : byte
{
    /// <summary>An instance method of a class that returns a value.</summary>
    None = 0,

    /// <summary>The method has no <c>this</c>.</summary>
    Static = 1,

    /// <summary>An instance constructor.</summary>
    Constructor = 2,

    /// <summary>The method returns nothing.</summary>
    ReturnsVoid = 4,

    /// <summary>No run or end: the method is woven only for the stores it holds.</summary>
    StoresOnly = 8,

    /// <summary>Its result must never be recorded.</summary>
    RedactedResult = 128,
}

/// <summary>Something that holds state.</summary>
/// <param name="Name">As in the trace, without a prefix for statics and locals: <c>Type.field</c>, <c>Type.Property</c>, or a local's <c>name</c>.</param>
/// <param name="Kind">Where the state lives.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MemberEntry(string Name, MemberKind Kind)
{
    /// <summary>The namespace of its type, empty for the global one and for locals.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether its values must never be recorded.</summary>
    public bool Redacted { get; init; }
}

/// <summary>Where a member's state lives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum MemberKind : byte
{
    /// <summary>In an object: rendered <c>Type.field</c>.</summary>
    Instance = 0,

    /// <summary>In a static field: rendered <c>@.Type.field</c>.</summary>
    Static = 1,

    /// <summary>In a local variable: rendered <c>_.name</c>.</summary>
    Local = 2,
}

/// <summary>One place in the woven code that may record an event.</summary>
/// <param name="Kind">Which probe stands there.</param>
/// <param name="Method">Index of the method that holds the site.</param>
/// <param name="Member">Index of the member, or -1 for a method site.</param>
/// <param name="Line">Source line (one-based) of the statement, or 0 where there are no symbols.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SiteEntry(SiteKind Kind, int Method, int Member, int Line);

/// <summary>Which probe stands at a site.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SiteKind : byte
{
    /// <summary>The method itself: run and end.</summary>
    Method = 0,

    /// <summary>A store to a member: upd.</summary>
    Store = 1,

    /// <summary>A look at a collection's length: apd and pop.</summary>
    Length = 2,
}
