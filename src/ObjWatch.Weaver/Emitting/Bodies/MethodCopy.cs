using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Copies a method's signature with its type parameters and what its code needs besides, and calls the copy.</summary>
internal static class MethodCopy
{
    // A default value and marshalling are the caller's.
    private const ParameterAttributes ByReference = ParameterAttributes.In | ParameterAttributes.Out;

    /// <summary>A private method of the same signature under another name, without code and not yet among the methods of its
    /// type.</summary>
    public static MethodDefinition Of(MethodDefinition original, string name)
    {
        MethodAttributes attributes =
            MethodAttributes.Private | MethodAttributes.HideBySig | (original.Attributes & MethodAttributes.Static);
        var copy = new MethodDefinition(name, attributes, original.ReturnType)
        {
            DeclaringType = original.DeclaringType,
            HasThis = original.HasThis,
            ExplicitThis = original.ExplicitThis,
            CallingConvention = original.CallingConvention,
        };
        foreach (GenericParameter parameter in original.GenericParameters)
            copy.GenericParameters.Add(CopyOf(parameter, copy));
        foreach (ParameterDefinition parameter in original.Parameters)
            copy.Parameters.Add(new ParameterDefinition(parameter.Name, parameter.Attributes & ByReference, parameter.ParameterType));
        return copy;
    }

    /// <summary>Gives a copy of a method its locals.</summary>
    public static void CopyLocals(MethodDefinition original, MethodDefinition copy)
    {
        copy.Body.InitLocals = original.Body.InitLocals;
        foreach (VariableDefinition local in original.Body.Variables)
            copy.Body.Variables.Add(new VariableDefinition(local.VariableType));
    }

    /// <summary>Loads all that the method was given.</summary>
    public static void PassArguments(CodeBuilder code, MethodDefinition method)
    {
        if (method.HasThis)
            code.LoadThis();
        foreach (ParameterDefinition parameter in method.Parameters)
            code.LoadArgument(parameter);
    }

    /// <summary>The method as other methods of its type (and, for a generic one, of the same type parameters) call it.</summary>
    public static MethodReference ReferenceFromWithin(MethodDefinition method)
    {
        MethodReference reference = method;
        if (method.DeclaringType.HasGenericParameters)
        {
            reference = new MethodReference(method.Name, method.ReturnType, GenericTypes.SelfInstance(method.DeclaringType))
            {
                HasThis = method.HasThis,
                ExplicitThis = method.ExplicitThis,
                CallingConvention = method.CallingConvention,
            };
            foreach (ParameterDefinition parameter in method.Parameters)
                reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
            foreach (GenericParameter parameter in method.GenericParameters)
                reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        }

        if (!method.HasGenericParameters)
            return reference;
        var instance = new GenericInstanceMethod(reference);
        foreach (GenericParameter parameter in method.GenericParameters)
            instance.GenericArguments.Add(parameter);
        return instance;
    }

    private static GenericParameter CopyOf(GenericParameter original, MethodDefinition owner)
    {
        var copy = new GenericParameter(original.Name, owner) { Attributes = original.Attributes };
        foreach (GenericParameterConstraint constraint in original.Constraints)
            copy.Constraints.Add(new GenericParameterConstraint(constraint.ConstraintType));
        foreach (CustomAttribute attribute in original.CustomAttributes)
            copy.CustomAttributes.Add(attribute);
        return copy;
    }
}
