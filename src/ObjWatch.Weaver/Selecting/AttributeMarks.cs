using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Selecting;

/// <summary>What the source itself says with <c>[ObjWatch]</c> and <c>[ObjWatchIgnore]</c>: the innermost attribute around a member
/// decides.</summary>
internal sealed class AttributeMarks
{
    private const string TraceAttribute = "ObjWatch.ObjWatchAttribute";
    private const string IgnoreAttribute = "ObjWatch.ObjWatchIgnoreAttribute";

    private readonly bool _any;

    public AttributeMarks(ModuleDefinition module)
    {
        // Attributes are many and these two are rare: a module that does not refer to them needs no search.
        _any = module.GetTypeReferences().Any(type => type.FullName is TraceAttribute or IgnoreAttribute)
            || module.GetType(TraceAttribute) is not null
            || module.GetType(IgnoreAttribute) is not null;
        MarksMembers = _any && ModuleMembers.TypesOf(module).Any(type =>
            Own(type) == AttributeMark.Trace
            || type.Methods.Any(method => Own(method) == AttributeMark.Trace)
            || ModuleMembers.StateOf(type).Any(member => Own(member) == AttributeMark.Trace));
    }

    /// <summary>Whether <c>[ObjWatch]</c> stands on any type or member, so that without targets nothing else is traced.</summary>
    public bool MarksMembers { get; }

    /// <summary>What the innermost attribute around a member says.</summary>
    public AttributeMark Of(IMemberDefinition member)
    {
        if (!_any)
            return AttributeMark.None;
        AttributeMark mark = Own(member);
        if (mark == AttributeMark.None && member is MethodDefinition method && ModuleMembers.OwnerOf(method) is { } owner)
            mark = Own(owner);
        for (TypeDefinition? type = member.DeclaringType; mark == AttributeMark.None && type is not null; type = type.DeclaringType)
            mark = Own(type);
        return mark == AttributeMark.None ? Own(member.DeclaringType.Module.Assembly) : mark;
    }

    /// <summary>What the attribute on a member itself says.</summary>
    public AttributeMark OnMember(IMemberDefinition member) => _any ? Own(member) : AttributeMark.None;

    private static AttributeMark Own(ICustomAttributeProvider provider)
    {
        if (!provider.HasCustomAttributes)
            return AttributeMark.None;
        bool trace = false;
        foreach (CustomAttribute attribute in provider.CustomAttributes)
        {
            switch (attribute.AttributeType.FullName)
            {
                case IgnoreAttribute:
                    return AttributeMark.Ignore;
                case TraceAttribute:
                    trace = true;
                    break;
            }
        }

        return trace ? AttributeMark.Trace : AttributeMark.None;
    }
}
