using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Planning;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>Collects what the woven assembly's probe sites are.</summary>
internal sealed class SiteTableBuilder
{
    private readonly Dictionary<string, int> _files = new();
    private readonly MemberNumbers _members;
    private readonly SiteTable _table = new();
    private readonly Dictionary<int, int> _lengthKeys = new();

    /// <summary>No sites yet.</summary>
    /// <param name="members">The numbers that watched members already have.</param>
    public SiteTableBuilder(MemberNumbers members) => _members = members;

    /// <summary>How many sites there are.</summary>
    public int SiteCount => _table.Sites.Count;

    /// <summary>The table, when there is nothing more to add.</summary>
    public SiteTable Complete()
    {
        foreach (MemberEntry member in _members.All)
            _table.Members.Add(member);
        return _table;
    }

    /// <summary>Adds a method.</summary>
    public int AddMethod(MethodDefinition method, MethodFlags flags)
    {
        SequencePoint? first = SourceLines.Start(method);
        TypeDefinition type = SourceMembers.SourceType(method.DeclaringType);
        string name = SourceMembers.DisplayName(method);
        int nameStart = CSharpNames.Qualified(type).Length + 1;
        string sourceName = SourceMembers.SourceMethod(method).Name;
        bool namesSource = string.CompareOrdinal(name, nameStart, sourceName, 0, sourceName.Length) == 0;
        if (Redactions.OfResult(method))
            flags |= MethodFlags.RedactedResult;
        _table.Methods.Add(new MethodEntry(
            name,
            CSharpNames.Of(type),
            first == null ? -1 : File(first.Document.Url),
            first?.StartLine ?? 0,
            flags,
            method.Parameters.Select(p => new ParameterEntry(p.Name, ParameterTypeName(p)) { Redacted = Redactions.OfParameter(method, p) })
                .ToArray())
        {
            NamespaceLength = (ushort)ModuleMembers.NamespaceOf(type).Length,
            NameStart = (ushort)nameStart,
            NameLength = (ushort)(namesSource ? sourceName.Length : name.Length - nameStart),
        });
        return _table.Methods.Count - 1;
    }

    /// <summary>The number of a member.</summary>
    public int AddMember(MemberEntry member) => _members.Of(member);

    /// <summary>Adds a site.</summary>
    public int AddSite(SiteKind kind, int method, int member, int line)
    {
        _table.Sites.Add(new SiteEntry(kind, method, member, line));
        return _table.Sites.Count - 1;
    }

    /// <summary>The site that stands for a member's length in the objects' state: the first one asked for.</summary>
    public int MemberKey(int method, int member)
    {
        if (!_lengthKeys.TryGetValue(member, out int site))
            _lengthKeys[member] = site = AddSite(SiteKind.Length, method, member, 0);
        return site;
    }

    private int File(string path)
    {
        if (!_files.TryGetValue(path, out int index))
        {
            _files[path] = index = _table.Files.Count;
            _table.Files.Add(path);
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
