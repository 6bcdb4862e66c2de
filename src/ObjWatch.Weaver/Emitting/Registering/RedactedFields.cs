using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>Puts the attribute of a property or primary constructor's parameter on the field made of it: the runtime looks at the fields of
/// structures, and these are all that trimming leaves of them.</summary>
internal static class RedactedFields
{
    /// <summary>Marks those of a module.</summary>
    public static void Mark(ModuleDefinition module)
    {
        TypeReference? attribute = module.GetTypeReferences().FirstOrDefault(type => type.FullName == Redactions.Attribute);
        if (attribute == null)
            return;
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
        foreach (FieldDefinition field in module.GetTypes().SelectMany(type => type.Fields).Where(field => !Redactions.Bears(field)))
        {
            IMemberDefinition member = SourceMembers.SourceMember(field);
            if (Redactions.OfMember(field, member, SourceMembers.PrimaryParameter(field) ?? member.Name))
                field.CustomAttributes.Add(new CustomAttribute(constructor));
        }
    }
}
