using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>Passes what the trimmer is told of an auto-property on to its field, where the trimmer can no longer do that itself.</summary>
/// <remarks>
/// It takes for the field what the getter reads or the setter stores, if that is one place in the code (ScanMethodBodyForFieldAccess in
/// dotnet/runtime), and a woven accessor has several. A field that it finds must not bear the attribute as well (IL2056).
/// </remarks>
internal static class AnnotatedProperties
{
    /// <summary>Marks the fields of the properties all of whose accessors have been woven.</summary>
    public static void MarkFields(IEnumerable<MethodDefinition> woven)
    {
        var accessors = new HashSet<MethodDefinition>(woven.Where(m => m.IsGetter || m.IsSetter));
        foreach (MethodDefinition getter in accessors.Where(m => m.IsGetter))
        {
            if (BodyAttributes.Owner(getter) is not PropertyDefinition property
                || BodyAttributes.Annotation(property) is not { } annotation)
                continue;
            if (property.SetMethod != null && !accessors.Contains(property.SetMethod))
                continue;
            if (BackingField(getter) is { } field && BodyAttributes.Annotation(field) == null)
                field.CustomAttributes.Add(annotation);
        }
    }

    private static FieldDefinition? BackingField(MethodDefinition getter) => getter.Body.Instructions
        .Where(i => i.OpCode.Code is Code.Ldfld or Code.Ldsfld)
        .Select(i => WatchedMembers.Definition((FieldReference)i.Operand))
        .FirstOrDefault(f => f != null && f.DeclaringType == getter.DeclaringType && SourceMembers.IsCompilerGenerated(f));
}
