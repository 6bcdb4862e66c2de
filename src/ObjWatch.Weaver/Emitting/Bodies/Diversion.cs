using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Emitting.Symbols;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Makes a method call its separate body while tracing is on.</summary>
internal static class Diversion
{
    private const int AlwaysInlined = 16; // bytes of IL that the JIT inlines without a second thought: jit/inline.h in dotnet/runtime

    /// <summary>Makes the method call its separate body while tracing is on.</summary>
    /// <param name="context">The method.</param>
    /// <param name="chain">Where a constructor calls its base.</param>
    public static void To(MethodContext context, ConstructorChain? chain)
    {
        MethodDefinition method = context.Original;
        MethodDefinition separate = context.Host;
        method.DeclaringType.Methods.Add(separate);
        // What only throws the JIT never inlines, but it would not know any more.
        if (method.Body.Instructions.All(i => i.OpCode.Code != Code.Ret))
            method.NoInlining = true;
        else if (method.Body.CodeSize <= AlwaysInlined && HarmlessCode.CannotThrow(method))
            // Takes it out of stack traces (StackTrace.ShowInStackTrace in dotnet/runtime), so only where none can be taken.
            method.AggressiveInlining = true;
        Instruction original = method.Body.Instructions[0];
        bool initLocals = !method.Body.HasVariables;
        var code = new CodeBuilder();
        Instruction first = CallProbes.TestGate(code, context, original);
        if (context.IsSeparateConstructor)
            CallConstructor(code, context, chain, original);
        else
            CallSeparate(code, context, original);
        if (SourceLines.First(method) is { } point)
            method.DebugInformation.SequencePoints.Insert(0, DebugScopes.Copy(point, first));
        DebugScopes.Widen(method, first);
        SteppingInformation.Bind(method);
        BodyReplacement.Replace(method, code.Instructions, method.Body.Instructions, [], initLocals);
    }

    private static void CallConstructor(CodeBuilder code, MethodContext context, ConstructorChain? chain, Instruction original)
    {
        var recorder = new VariableDefinition(context.Recorder.VariableType);
        context.Original.Body.Variables.Add(recorder);
        CallProbes.AskForRecorder(code, context, chain);
        code.StoreLocal(recorder);
        code.LoadLocal(recorder);
        code.Emit(CallProbes.Otherwise(context), original);
        MethodCopy.PassArguments(code, context.Original);
        code.LoadLocal(recorder);
        code.Call(MethodCopy.ReferenceFromWithin(context.Host));
        code.Emit(OpCodes.Ret);
    }

    private static void CallSeparate(CodeBuilder code, MethodContext context, Instruction original)
    {
        MethodDefinition method = context.Original;
        MethodDefinition separate = context.Host;
        MethodCopy.PassArguments(code, method);
        VariableDefinition? answer = null;
        if (separate.Parameters.Count > method.Parameters.Count)
        {
            answer = new VariableDefinition(((ByReferenceType)SeparateReturn.LastParameter(context).ParameterType).ElementType);
            method.Body.Variables.Add(answer);
            code.Add(Instruction.Create(answer.Index <= byte.MaxValue ? OpCodes.Ldloca_S : OpCodes.Ldloca, answer));
        }

        code.Call(MethodCopy.ReferenceFromWithin(separate));
        if (separate.ReturnType.MetadataType == MetadataType.Boolean)
        {
            code.Emit(CallProbes.Otherwise(context), original);
            if (answer != null)
                code.LoadLocal(answer);
        }
        else
        {
            Instruction done = Instruction.Create(OpCodes.Ret);
            code.LoadLocal(answer!);
            code.Emit(OpCodes.Brtrue_S, done);
            code.Emit(OpCodes.Pop);
            code.Emit(OpCodes.Br, original);
            code.Add(done);
        }

        if (code.Instructions[code.Count - 1].OpCode.Code != Code.Ret)
            code.Emit(OpCodes.Ret);
    }
}
