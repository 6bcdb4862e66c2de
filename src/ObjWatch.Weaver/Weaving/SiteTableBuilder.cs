using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Collects what the woven assembly's probe sites are.</summary>
internal sealed class SiteTableBuilder
{
    private readonly Dictionary<string, int> _files = new();
    private readonly Dictionary<MemberEntry, int> _members = new();
    private readonly Dictionary<int, int> _lengthKeys = new();

    /// <summary>The table so far.</summary>
    public SiteTable Table { get; } = new();

    /// <summary>Adds a method.</summary>
    public int AddMethod(MethodDefinition method, MethodFlags flags)
    {
        SequencePoint? first = SourceStart(method);
        TypeDefinition type = SourceMembers.SourceType(method.DeclaringType);
        string name = SourceMembers.DisplayName(method);
        int nameStart = CSharpNames.Qualified(type).Length + 1;
        string sourceName = SourceMembers.SourceMethod(method).Name;
        if (Redactions.OfResult(method))
            flags |= MethodFlags.RedactedResult;
        Table.Methods.Add(new MethodEntry(
            name,
            CSharpNames.Of(type),
            first == null ? -1 : File(first.Document.Url),
            first?.StartLine ?? 0,
            flags,
            method.Parameters.Select(p => new ParameterEntry(p.Name, ParameterTypeName(p)) { Redacted = Redactions.OfParameter(method, p) }).ToArray())
        {
            NamespaceLength = (ushort)Selecting.Members.NamespaceOf(type).Length,
            NameStart = (ushort)nameStart,
            NameLength = (ushort)(string.CompareOrdinal(name, nameStart, sourceName, 0, sourceName.Length) == 0 ? sourceName.Length : name.Length - nameStart),
        });
        return Table.Methods.Count - 1;
    }

    /// <summary>Adds a member, or finds it again.</summary>
    public int AddMember(MemberEntry member)
    {
        if (!_members.TryGetValue(member, out int index))
        {
            _members[member] = index = Table.Members.Count;
            Table.Members.Add(member);
        }

        return index;
    }

    /// <summary>Adds a site.</summary>
    public int AddSite(SiteKind kind, int method, int member, int line)
    {
        Table.Sites.Add(new SiteEntry(kind, method, member, line));
        return Table.Sites.Count - 1;
    }

    /// <summary>The site that stands for a member's length in the objects' state: the first one asked for.</summary>
    public int LengthKey(int method, int member)
    {
        if (!_lengthKeys.TryGetValue(member, out int site))
            _lengthKeys[member] = site = AddSite(SiteKind.Length, method, member, 0);
        return site;
    }

    /// <summary>
    /// Where the method's source begins, or <see langword="null"/>. The method that begins an async method or an iterator has no sequence
    /// points of its own: its source has become the state machine.
    /// </summary>
    public static SequencePoint? SourceStart(MethodDefinition method) =>
        FirstSequencePoint(method)
        ?? (SourceMembers.StateMachineMethod(method) is { } stateMachine ? FirstSequencePoint(stateMachine) : null);

    /// <summary>The method's own first sequence point that shows a line, or <see langword="null"/>.</summary>
    public static SequencePoint? FirstSequencePoint(MethodDefinition method) =>
        method.DebugInformation.HasSequencePoints ? FirstSequencePoint(method.DebugInformation.SequencePoints) : null;

    /// <summary>The first of the sequence points that shows a line, or <see langword="null"/>.</summary>
    public static SequencePoint? FirstSequencePoint(IEnumerable<SequencePoint> points) => points.FirstOrDefault(p => !p.IsHidden);

    private int File(string path)
    {
        if (!_files.TryGetValue(path, out int index))
        {
            _files[path] = index = Table.Files.Count;
            Table.Files.Add(path);
        }

        return index;
    }

    private static string ParameterTypeName(ParameterDefinition parameter)
    {
        string name = CSharpNames.Of(parameter.ParameterType);
        if (!name.StartsWith("ref ", System.StringComparison.Ordinal))
            return name;
        return parameter.IsOut ? "out" + name.Substring(3) : parameter.IsIn ? "in" + name.Substring(3) : name;
    }
}
