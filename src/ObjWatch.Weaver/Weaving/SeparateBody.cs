using System.Collections.Generic;
using System.Linq;
using System;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Gives a method's traced body a method of its own, so that the JIT treats the original as if nothing had been woven.</summary>
/// <remarks>
/// The JIT decides by a method's size, handlers and locals before it reads its code (with profile data it inlines up to 1,024 bytes of IL), so a
/// second body beside the original is paid for while tracing is off: measured on Newtonsoft.Json, 1.74 times the CPU time, against 1.04 with
/// separate bodies. What is left in the method is <c>if (gate &amp;&amp; traced(arguments, out result)) return result;</c> and the original.
/// The price is a frame. It is hidden from stack traces where nobody can tell, that is where the method stands on one line or cannot throw;
/// elsewhere a stack trace taken while tracing shows it, with the exact line, above the method's own. In a Debug build, where the JIT
/// inlines nothing, both bodies share the method and stack traces stay what they were.
/// </remarks>
internal sealed class SeparateBody
{
    private const int AlwaysInlined = 16; // bytes of IL that the JIT inlines without a second thought: jit/inline.h in dotnet/runtime

    private readonly MethodReference _compilerGenerated;
    private readonly MethodReference? _stackTraceHidden;
    private readonly TypeReference _boolean;
    private readonly TypeReference _recorder;
    private readonly bool _optimized;

    public SeparateBody(ModuleDefinition module, RuntimeReferences runtime)
    {
        _recorder = runtime.ThreadRecorder;
        _boolean = module.TypeSystem.Boolean;
        _optimized = !IsBuiltForDebugging(module.Assembly);
        _compilerGenerated = CompilerGenerated(module);
        if (module.TypeSystem.CoreLibrary is AssemblyNameReference { Name: "System.Runtime" or "System.Private.CoreLib" } core && core.Version.Major >= 6)
        {
            var attribute = new TypeReference("System.Diagnostics", "StackTraceHiddenAttribute", module, core);
            _stackTraceHidden = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
        }
    }

    /// <summary>The constructor of <c>[CompilerGenerated]</c>.</summary>
    public static MethodReference CompilerGenerated(ModuleDefinition module)
    {
        var attribute = new TypeReference("System.Runtime.CompilerServices", "CompilerGeneratedAttribute", module, module.TypeSystem.CoreLibrary);
        return new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
    }

    /// <summary>
    /// The method that is to hold the probes: a separate one, or the given one itself. Only constructors may store read-only fields and call a base: theirs is
    /// another constructor. A simple one can be reported by any other method; a static one that stores read-only fields cannot have a second.
    /// </summary>
    public MethodDefinition For(MethodDefinition method, bool traced)
    {
        if (!_optimized || BodyAttributes.KeepFromInlining(method))
            return method;
        string name = "<" + method.Name + (SharedLambdas.IsNested(method.Name) ? ">g__traced" : ">traced");
        if (SimpleConstructor.Is(method))
            return Marked(MethodCopy.Of(method, name), hidden: true); // holds none of its code
        if (BodyAttributes.WantOneBody(method))
            return method;
        bool constructs = method.IsConstructor && !method.IsStatic;
        bool initialises = !constructs && (method.IsConstructor || method.ReturnType is RequiredModifierType); // a static constructor, an init accessor
        for (int i = 0; i < method.Body.Instructions.Count; i++)
        {
            Instruction instruction = method.Body.Instructions[i];
            // A tail call can be kept where only stores are reported, but not if its result has to be handed on.
            if ((initialises && AccessesReadOnlyField(instruction)) || LooksAtTheStack(instruction) || (!traced && instruction.OpCode.Code == Code.Tail))
                return method;
        }

        MethodDefinition separate = MethodCopy.Of(method, constructs ? method.Name : name);
        MethodCopy.CopyLocals(method, separate);
        if (constructs)
            TakesRecorder(separate);
        else
            AnswersWhetherDone(separate);
        BodyAttributes.Copy(method, separate);
        return Marked(separate, (IsOnOneLine(method) || CannotThrow(method)) && !Catches(method));
    }

    private MethodDefinition Marked(MethodDefinition separate, bool hidden)
    {
        separate.NoInlining = true;
        separate.CustomAttributes.Add(new CustomAttribute(_compilerGenerated));
        if (_stackTraceHidden != null && hidden && separate.CustomAttributes.All(a => a.AttributeType.Name != _stackTraceHidden.DeclaringType.Name))
            separate.CustomAttributes.Add(new CustomAttribute(_stackTraceHidden));
        return separate;
    }

    /// <summary>
    /// The separate body may find that this invocation is not traced. It says so, and the method runs the original: the result goes by reference, and what is
    /// returned is whether there is one. A reference cannot go by reference, so there it is the other way round.
    /// </summary>
    private void AnswersWhetherDone(MethodDefinition separate)
    {
        TypeReference result = TypeShapes.WithoutModifiers(separate.ReturnType);
        TypeReference answer = result.IsByReference ? _boolean : result;
        if (result.MetadataType != MetadataType.Void)
            separate.Parameters.Add(new ParameterDefinition(result.IsByReference ? "done" : "result", ParameterAttributes.Out, new ByReferenceType(answer)));
        if (!result.IsByReference)
            separate.ReturnType = _boolean;
    }

    /// <summary>
    /// A constructor that has been entered must construct. So it is only called once there is a recorder, which also tells it apart from the others.
    /// </summary>
    private void TakesRecorder(MethodDefinition separate)
    {
        separate.IsSpecialName = true;
        separate.IsRuntimeSpecialName = true;
        separate.Parameters.Add(new ParameterDefinition(_recorder));
    }

    /// <summary>Writes the return from an instrumented copy, wherever it stands.</summary>
    /// <param name="context">The method.</param>
    /// <param name="result">The local that holds the result, or <see langword="null"/>.</param>
    public static void Return(MethodContext context, VariableDefinition? result)
    {
        CodeBuilder code = context.Code;
        if (result != null && (!context.IsSeparate || result.VariableType.IsByReference))
        {
            if (context.IsSeparate)
                Answer(context, 1);
            code.LoadLocal(result);
        }
        else if (context is { IsSeparate: true, IsSeparateConstructor: false })
        {
            if (result != null)
            {
                code.LoadArgument(LastParameter(context));
                code.LoadLocal(result);
                code.Emit(OpCodes.Stobj, result.VariableType);
            }

            code.LoadInteger(1);
        }

        code.Emit(OpCodes.Ret);
    }

    /// <summary>Writes the return from a separate body that has done nothing.</summary>
    public static void Decline(MethodContext context)
    {
        if (context.Method.ReturnType.MetadataType == MetadataType.Boolean)
        {
            context.Code.LoadInteger(0);
        }
        else if (!context.IsSeparateConstructor)
        {
            Answer(context, 0);
            context.Code.LoadLocal(context.Locals.Shared(context.Method.ReturnType, "none")); // never stored to, and never looked at
        }

        context.Code.Emit(OpCodes.Ret);
    }

    private static void Answer(MethodContext context, int done)
    {
        context.Code.LoadArgument(LastParameter(context));
        context.Code.LoadInteger(done);
        context.Code.Emit(OpCodes.Stind_I1);
    }

    /// <summary>What a separate body takes besides what the method was given.</summary>
    public static ParameterDefinition LastParameter(MethodContext context) => context.Method.Parameters[context.Method.Parameters.Count - 1];

    /// <summary>Makes the method call its separate body while tracing is on.</summary>
    /// <param name="context">The method.</param>
    /// <param name="chain">Where a constructor calls its base.</param>
    public static void Divert(MethodContext context, ConstructorChain? chain)
    {
        MethodDefinition method = context.Source;
        MethodDefinition separate = context.Method;
        method.DeclaringType.Methods.Add(separate);
        // What only throws the JIT never inlines, but it would not know any more.
        if (method.Body.Instructions.All(i => i.OpCode.Code != Code.Ret))
            method.NoInlining = true;
        else if (method.Body.CodeSize <= AlwaysInlined && CannotThrow(method))
            method.AggressiveInlining = true; // takes it out of stack traces (StackTrace.ShowInStackTrace in dotnet/runtime), so only where none can be taken
        Instruction original = method.Body.Instructions[0];
        bool initLocals = !method.Body.HasVariables;
        var code = new CodeBuilder();
        Instruction first = CallProbes.TestGate(code, context, original);
        if (context.IsSeparateConstructor)
            CallConstructor(code, context, chain, original);
        else
            CallSeparate(code, context, original);
        if (SiteTableBuilder.FirstSequencePoint(method) is { } point)
            method.DebugInformation.SequencePoints.Insert(0, DebugScopes.Copy(point, first));
        DebugScopes.Widen(method, first);
        SteppingInformation.Bind(method);
        BodyReplacement.Replace(method, code.Instructions, method.Body.Instructions, [], initLocals);
    }

    private static void CallConstructor(CodeBuilder code, MethodContext context, ConstructorChain? chain, Instruction original)
    {
        var recorder = new VariableDefinition(context.Recorder.VariableType);
        context.Source.Body.Variables.Add(recorder);
        CallProbes.AskForRecorder(code, context, chain);
        code.StoreLocal(recorder);
        code.LoadLocal(recorder);
        code.Emit(CallProbes.Otherwise(context), original);
        MethodCopy.PassArguments(code, context.Source);
        code.LoadLocal(recorder);
        code.Call(MethodCopy.ReferenceFromWithin(context.Method));
        code.Emit(OpCodes.Ret);
    }

    private static void CallSeparate(CodeBuilder code, MethodContext context, Instruction original)
    {
        MethodDefinition method = context.Source;
        MethodDefinition separate = context.Method;
        MethodCopy.PassArguments(code, method);
        VariableDefinition? answer = null;
        if (separate.Parameters.Count > method.Parameters.Count)
        {
            answer = new VariableDefinition(((ByReferenceType)LastParameter(context).ParameterType).ElementType);
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

    /// <summary>The trace of an exception that the separate body catches ends there: no other frame stands for the method.</summary>
    private static bool Catches(MethodDefinition method) =>
        method.Body.HasExceptionHandlers && method.Body.ExceptionHandlers.Any(handler => handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter);

    /// <summary>Whether a stack trace can name no more than one line of the method; without symbols it names none.</summary>
    private static bool IsOnOneLine(MethodDefinition method)
    {
        SequencePoint[] points = method.DebugInformation.SequencePoints.Where(p => !p.IsHidden).ToArray();
        return points.All(p => p.StartLine == points[0].StartLine && p.EndLine == points[0].StartLine);
    }

    private static bool CannotThrow(MethodDefinition method)
    {
        if (!method.Body.Instructions.All(i => IsHarmless(i.OpCode.Code)))
            return false;
        HashSet<Instruction> ofThis = ThisTracking.FieldAccesses(method, method.Body.Instructions.Count);
        return method.Body.Instructions.All(i => i.OpCode.Code is not (Code.Ldfld or Code.Stfld) || ofThis.Contains(i));
    }

    /// <summary>Whether the instruction cannot throw; of the access to a field that is true if the object is there.</summary>
    public static bool IsHarmless(Code code) => code switch
    {
        Code.Nop or Code.Dup or Code.Pop or Code.Ret or Code.Ldnull or Code.Ldfld or Code.Stfld => true,
        >= Code.Ldarg_0 and <= Code.Ldc_R8 => true,
        >= Code.Br_S and <= Code.Switch => true,
        Code.Add or Code.Sub or Code.Mul => true,
        >= Code.And and <= Code.Conv_U8 => true,
        Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un => true,
        Code.Ldarg or Code.Ldarga or Code.Starg or Code.Ldloc or Code.Ldloca or Code.Stloc => true,
        _ => false,
    };

    /// <summary>Whether the instruction stores a read-only field, or may store it through its address.</summary>
    private static bool AccessesReadOnlyField(Instruction instruction) =>
        instruction.OpCode.Code is Code.Stfld or Code.Stsfld or Code.Ldflda or Code.Ldsflda && instruction.Operand is FieldReference field
            && WatchedMembers.Definition(field)?.IsInitOnly == true;

    /// <summary>Whether the callee looks who called it.</summary>
    private static bool LooksAtTheStack(Instruction instruction) => instruction.Operand is MethodReference
    {
        Name: "GetCallingAssembly" or "GetCurrentMethod" or "GetExecutingAssembly",
    }
    or MethodReference { DeclaringType: { Name: "StackTrace" or "StackFrame", Namespace: "System.Diagnostics" } }
    or MethodReference { Name: "get_StackTrace", DeclaringType: { Name: "Environment", Namespace: "System" } };

    /// <summary>A Debug build asks the JIT not to inline anything.</summary>
    private static bool IsBuiltForDebugging(AssemblyDefinition assembly)
    {
        const int DisableOptimizations = 0x100; // DebuggableAttribute.DebuggingModes
        CustomAttribute? debuggable = assembly.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == "System.Diagnostics.DebuggableAttribute");
        return debuggable is { HasConstructorArguments: true } && debuggable.ConstructorArguments[0].Value switch
        {
            int modes => (modes & DisableOptimizations) != 0,
            bool => debuggable.ConstructorArguments.Count > 1 && Equals(debuggable.ConstructorArguments[1].Value, true),
            _ => false,
        };
    }
}
