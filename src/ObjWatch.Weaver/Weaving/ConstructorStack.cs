using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Weaving;

/// <summary>
/// What lies on the evaluation stack behind the call of the base constructor. C# leaves a closure there that was made before the call, because it holds
/// captured parameters; a guarded region begins with an empty stack only.
/// </summary>
internal static class ConstructorStack
{
    /// <summary>The types of the values, lowest first; one that is not known is <see langword="null"/>.</summary>
    public static IReadOnlyList<TypeReference?> BehindCall(MethodDefinition constructor, int callIndex)
    {
        var stack = new List<TypeReference?>();
        var atTargets = new Dictionary<Instruction, List<TypeReference?>>();
        for (int i = 0; i <= callIndex; i++)
        {
            Instruction instruction = constructor.Body.Instructions[i];
            if (atTargets.TryGetValue(instruction, out List<TypeReference?>? known))
                stack = new List<TypeReference?>(known);
            TypeReference? pushed = TypeOf(instruction, constructor, stack);
            int popped = instruction.OpCode.Code == Code.Dup ? 0 : System.Math.Min(stack.Count, StackEffect.Pops(instruction, constructor, stack.Count));
            stack.RemoveRange(stack.Count - popped, popped);
            int count = instruction.OpCode.Code == Code.Dup ? 1 : StackEffect.Pushes(instruction);
            stack.AddRange(Enumerable.Repeat(pushed, count));
            foreach (Instruction target in instruction.Operand as Instruction[] ?? (instruction.Operand is Instruction one ? [one] : []))
                atTargets[target] = new List<TypeReference?>(stack);
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Throw or FlowControl.Return)
                stack.Clear();
        }

        return stack;
    }

    private static TypeReference? TypeOf(Instruction instruction, MethodDefinition constructor, List<TypeReference?> stack) => instruction.OpCode.Code switch
    {
        Code.Newobj => ((MethodReference)instruction.Operand).DeclaringType,
        Code.Dup => stack.LastOrDefault(),
        Code.Ldarg_0 => GenericTypes.SelfInstance(constructor.DeclaringType),
        _ => null,
    };
}
