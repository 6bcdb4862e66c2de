using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Copies a whole method: signature, type parameters, body and symbols.</summary>
internal static class MethodCopy
{
    /// <summary>A private copy under another name, not yet among the methods of its type.</summary>
    public static MethodDefinition Of(MethodDefinition original, string name)
    {
        MethodDefinition copy = WithoutBody(original, name);
        CopyBody(original, copy);
        return copy;
    }

    /// <summary>As <see cref="Of"/>, with the signature only.</summary>
    public static MethodDefinition WithoutBody(MethodDefinition original, string name)
    {
        MethodAttributes attributes = MethodAttributes.Private | MethodAttributes.HideBySig | (original.Attributes & MethodAttributes.Static);
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
            copy.Parameters.Add(new ParameterDefinition(parameter.Name, ParameterAttributes.None, parameter.ParameterType));
        return copy;
    }

    /// <summary>Writes a call of the copy with all that the original was given; what it takes besides is null.</summary>
    public static void PassOn(CodeBuilder code, MethodDefinition original, MethodDefinition copy)
    {
        if (original.HasThis)
            code.LoadThis();
        foreach (ParameterDefinition parameter in original.Parameters)
            code.LoadArgument(parameter);
        for (int i = original.Parameters.Count; i < copy.Parameters.Count; i++)
            code.Emit(OpCodes.Ldnull);
        code.Call(ReferenceFromWithin(copy));
    }

    /// <summary>The method as other methods of its type (and, for a generic one, of the same type parameters) call it.</summary>
    private static MethodReference ReferenceFromWithin(MethodDefinition method)
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

    private static void CopyBody(MethodDefinition original, MethodDefinition copy)
    {
        copy.Body.InitLocals = original.Body.InitLocals;
        foreach (VariableDefinition local in original.Body.Variables)
            copy.Body.Variables.Add(new VariableDefinition(local.VariableType));
        var copies = new InstructionMap(original.Body);
        foreach (Instruction instruction in original.Body.Instructions)
            copies[instruction] = InstructionCopy.Of(instruction);
        foreach (Instruction instruction in original.Body.Instructions)
        {
            Instruction clone = copies[instruction];
            clone.Offset = instruction.Offset; // the symbols of the copy are told by the offsets of the original
            clone.Operand = instruction.Operand switch
            {
                Instruction target => copies[target],
                Instruction[] targets => targets.Select(t => copies[t]).ToArray(),
                ParameterDefinition parameter when parameter == original.Body.ThisParameter => copy.Body.ThisParameter,
                ParameterDefinition parameter => copy.Parameters[parameter.Index],
                VariableDefinition local => copy.Body.Variables[local.Index],
                var operand => operand,
            };
            copy.Body.Instructions.Add(clone);
        }

        foreach (ExceptionHandler handler in original.Body.ExceptionHandlers)
            copy.Body.ExceptionHandlers.Add(HandlerCopy.Of(handler, copies, end: null));
        foreach (SequencePoint point in original.DebugInformation.SequencePoints)
        {
            if (copies.AtOffset(point.Offset) is { } at)
                copy.DebugInformation.SequencePoints.Add(DebugScopes.Copy(point, at));
        }

        copy.DebugInformation.Scope = DebugScopes.CopyOf(original, copy.Body, copies, end: null);
    }
}
