using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>The way from a method's own <c>this</c> to the object that the source calls <c>this</c>: through the fields of a state machine
/// and of closures.</summary>
/// <param name="Fields">The fields on the way; none where it is the method's own.</param>
/// <param name="Type">Its class, as the method names it.</param>
internal sealed record ObjectPath(IReadOnlyList<FieldReference> Fields, TypeReference Type)
{
    /// <summary>The way, or <see langword="null"/> where the source has no <c>this</c>, or it is no object.</summary>
    /// <param name="method">The method that is woven.</param>
    /// <param name="machine">The state machine it runs, or <see langword="null"/>.</param>
    public static ObjectPath? Of(MethodDefinition method, StateMachine? machine)
    {
        var fields = new List<FieldReference>();
        TypeReference? type = method.HasThis ? GenericTypes.SelfInstance(method.DeclaringType) : null;
        if (machine?.This is { } held)
        {
            fields.Add(machine.FromWithin(held));
            type = held.FieldType;
        }

        while (type?.GetElementType() is TypeDefinition closure && SourceMembers.IsClosure(closure))
        {
            type = Outwards(closure) is { } outwards ? Step(fields, outwards, type) : null;
        }

        return type is { IsValueType: false } && type.GetElementType() is TypeDefinition { IsInterface: false }
            ? new ObjectPath(fields, type)
            : null;
    }

    /// <summary>The field that holds the object, or the closure around this one.</summary>
    private static FieldDefinition? Outwards(TypeDefinition closure) =>
        closure.Fields.FirstOrDefault(f => !f.IsStatic && StateMachine.HoldsThis(f))
        ?? closure.Fields.FirstOrDefault(f => !f.IsStatic && LeadsOutwards(f.Name)
            && f.FieldType.GetElementType() is TypeDefinition type && SourceMembers.IsClosure(type));

    private static bool LeadsOutwards(string field) =>
        field.StartsWith("CS$<>8__locals", StringComparison.Ordinal) || field.StartsWith("$VB$NonLocal_", StringComparison.Ordinal);

    private static TypeReference Step(List<FieldReference> fields, FieldDefinition field, TypeReference type)
    {
        FieldReference reference = GenericTypes.FieldOf(type, field);
        fields.Add(reference);
        return GenericTypes.FieldType(reference);
    }
}
