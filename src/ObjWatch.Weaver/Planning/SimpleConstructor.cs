using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;

namespace ObjWatch.Weaver.Planning;

/// <summary>A constructor that does nothing but store into its fields: its events are reported when it is done, by a method of its
/// own.</summary>
/// <remarks>
/// Such constructors are short, many, and the JIT inlines them. A constructor cannot have a separate body, because only itself may store
/// read-only fields and call its base, but nothing can happen while one like this runs: reported afterwards its events are the same, in the
/// same order.
/// </remarks>
internal static class SimpleConstructor
{
    /// <summary>Whether the constructor is one of these.</summary>
    public static bool Is(MethodDefinition method)
    {
        if (!method.IsConstructor || method.IsStatic || method.Body.HasExceptionHandlers)
            return false;
        ConstructorChain? chain = ConstructorChain.Find(method);
        if (!method.DeclaringType.IsValueType && chain?.Target.DeclaringType.FullName != "System.Object")
            return false;
        Mono.Collections.Generic.Collection<Instruction> instructions = method.Body.Instructions;
        HashSet<Instruction> ofThis = FieldsOfThis.AccessesOf(method, instructions.Count);
        var stored = new HashSet<string>();
        return instructions.All(i => i == chain?.Call || i.OpCode.Code switch
        {
            Code.Stfld => ofThis.Contains(i) && stored.Add(((FieldReference)i.Operand).Name),
            Code.Ret => i == instructions[instructions.Count - 1],
            Code.Starg or Code.Starg_S or (>= Code.Br_S and <= Code.Switch) => false,
            var code => HarmlessCode.Is(code) && code != Code.Ldfld,
        });
    }
}
