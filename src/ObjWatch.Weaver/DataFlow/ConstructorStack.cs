using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.DataFlow;

/// <summary>
/// What lies on the evaluation stack behind the call of the base constructor. C# leaves a closure there that was made before the call,
/// because it holds captured parameters; a guarded region begins with an empty stack only.
/// </summary>
internal sealed class ConstructorStack : StackFlow<TypeReference?>
{
    private ConstructorStack(MethodDefinition constructor)
        : base(constructor, caught: null)
    {
    }

    /// <summary>The types of the values, lowest first; one that is not known is <see langword="null"/>.</summary>
    public static IReadOnlyList<TypeReference?> BehindCall(MethodDefinition constructor, int callIndex) =>
        new ConstructorStack(constructor).Follow(callIndex + 1);

    protected override TypeReference? Pushed(Instruction instruction, IReadOnlyList<TypeReference?> stack, int pops) =>
        instruction.OpCode.Code switch
    {
        Code.Newobj => ((MethodReference)instruction.Operand).DeclaringType,
        Code.Dup => stack.Count > 0 ? stack[stack.Count - 1] : null,
        Code.Ldarg_0 => GenericTypes.SelfInstance(Method.DeclaringType),
        _ => null,
    };

    protected override TypeReference? Merge(TypeReference? one, TypeReference? other) => one?.FullName == other?.FullName ? one : null;
}
