using System.Collections.Generic;
using System.ComponentModel;
using System.IO;

namespace ObjWatch.Trace.Format;

/// <summary>A woven method.</summary>
/// <param name="QualifiedName">What the trace calls it: <c>Ns.Type.Method</c>, <c>Ns.Type..ctor</c>,
/// <c>Ns.Type.Method.&lt;lambda&gt;</c>.</param>
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

    /// <summary>Where in the qualified name the name begins by which targets mean the method: that of the method that holds a lambda or
    /// local function.</summary>
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
