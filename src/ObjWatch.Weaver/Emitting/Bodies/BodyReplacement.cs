using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Exchanges a method's body. Cecil would adjust every debug scope at each insertion into the old one.</summary>
internal static class BodyReplacement
{
    /// <summary>Gives the method new code; its locals, and the handlers of its original code, stay.</summary>
    public static void Replace(
        MethodDefinition method, IReadOnlyCollection<Instruction> code, ICollection<Instruction> original,
        IReadOnlyCollection<ExceptionHandler> additionalHandlers,
        bool initLocals = false)
    {
        MethodBody old = method.Body;
        var body = new MethodBody(method) { InitLocals = old.InitLocals || initLocals };
        foreach (VariableDefinition local in old.Variables)
            body.Variables.Add(local);
        body.Instructions.Capacity = code.Count + original.Count;
        foreach (Instruction instruction in code)
            body.Instructions.Add(instruction);
        foreach (Instruction instruction in original)
            body.Instructions.Add(instruction);
        if (additionalHandlers.Count > 0 || old.HasExceptionHandlers)
        {
            foreach (ExceptionHandler handler in additionalHandlers.Concat(old.ExceptionHandlers))
                body.ExceptionHandlers.Add(handler);
        }

        method.Body = body;
    }
}
