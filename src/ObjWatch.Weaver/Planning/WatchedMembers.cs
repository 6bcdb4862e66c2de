using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Planning;

/// <summary>Says of each field that code stores to whether the store is reported, and as what.</summary>
internal sealed class WatchedMembers
{
    private readonly ISelection _selection;
    private readonly bool _locals;
    private readonly Dictionary<FieldDefinition, WatchedField?> _known = new();

    /// <summary>Prepares to say so.</summary>
    /// <param name="selection">What is traced.</param>
    /// <param name="locals">Whether local variables are, of which lambdas and state machines make fields.</param>
    public WatchedMembers(ISelection selection, bool locals)
    {
        _selection = selection;
        _locals = locals;
    }

    /// <summary>The numbers of the members found so far.</summary>
    public MemberNumbers Numbers { get; } = new();

    /// <summary>What is watched in the field, or <see langword="null"/>. Only fields of the woven module are looked at.</summary>
    public WatchedField? Find(FieldReference reference)
    {
        FieldDefinition? field = Definition(reference);
        if (field == null)
            return null;
        if (!_known.TryGetValue(field, out WatchedField? watched))
            _known[field] = watched = Decide(field);
        return watched;
    }

    /// <summary>The field's definition, if it stands in the woven module.</summary>
    public static FieldDefinition? Definition(FieldReference reference)
    {
        if (reference is FieldDefinition definition)
            return definition;
        return reference.DeclaringType.GetElementType() is TypeDefinition type
            ? type.Fields.FirstOrDefault(f => f.Name == reference.Name)
            : null;
    }

    private WatchedField? Decide(FieldDefinition field)
    {
        if (SourceMembers.IsClosure(field.DeclaringType))
            return _locals && SourceMembers.CapturedVariable(field) is { } variable
                ? Watch(new MemberEntry(variable, MemberKind.Local) { Redacted = Redactions.OfCaptured(field, variable) }, MemberKind.Local)
                : null;
        if (SourceMembers.IsGenerated(field.DeclaringType))
            return _locals && SourceMembers.HoistedVariable(field) is { } hoisted
                ? Watch(new MemberEntry(hoisted, MemberKind.Local) { Redacted = Redactions.OfCaptured(field, hoisted) }, MemberKind.Local)
                : null;
        IMemberDefinition member = SourceMembers.SourceMember(field);
        string? parameter = SourceMembers.PrimaryParameter(field);
        if (parameter == null && member is FieldDefinition && (field.Name[0] == '<' || SourceMembers.IsCompilerGenerated(field)
            || VisualBasicNames.IsStaticLocalFlag(field) || FunctionalNames.Bound(field.Name) != null))
            return null; // the cache of a lambda or of a dynamic call site, whether something has been initialised
        if (!_selection.Watches(member))
            return null;
        string name = parameter ?? VisualBasicNames.StaticLocalName(field) ?? MemberName(member);
        MemberKind kind = field.IsStatic ? MemberKind.Static : MemberKind.Instance;
        return Watch(
            new MemberEntry(CSharpNames.Of(member.DeclaringType) + "." + name, kind)
            {
                Namespace = ModuleMembers.NamespaceOf(member.DeclaringType), Redacted = Redactions.OfMember(field, member, name),
            },
            kind);
    }

    private WatchedField Watch(MemberEntry member, MemberKind kind) => new(Numbers.Of(member), kind);

    /// <summary>An explicitly implemented property is named after its interface; the last part is its name.</summary>
    private static string MemberName(IMemberDefinition member) => member.Name.Substring(member.Name.LastIndexOf('.') + 1);
}
