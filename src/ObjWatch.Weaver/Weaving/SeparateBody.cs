using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Gives a small method's traced body a method of its own, so that the JIT can go on inlining the original.</summary>
/// <remarks>
/// The JIT looks at a method's size and handlers before it reads its code, so a second body with a filter keeps a small method from
/// ever being inlined: measured on Newtonsoft.Json, woven and off, that was a factor of 1.5. What is left in the method is
/// <c>if (Probe.On) return traced(arguments);</c> and the original.
/// It is done only where nobody can tell: the frame of the separate method is hidden from stack traces, so the line they show is that of
/// the call; it must be the method's only line, or the method must have nothing in it that can throw.
/// </remarks>
internal sealed class SeparateBody
{
    // Both as in the JIT's inline policy (jit/inline.h in dotnet/runtime): the most it inlines, and what it inlines without a second thought.
    private const int LargestInlined = 100;
    private const int AlwaysInlined = 16;

    private readonly MethodReference? _stackTraceHidden;
    private readonly bool _optimized;

    public SeparateBody(ModuleDefinition module)
    {
        _optimized = !IsBuiltForDebugging(module.Assembly);
        if (module.TypeSystem.CoreLibrary is AssemblyNameReference { Name: "System.Runtime" or "System.Private.CoreLib" } core && core.Version.Major >= 6)
        {
            var attribute = new TypeReference("System.Diagnostics", "StackTraceHiddenAttribute", module, core);
            _stackTraceHidden = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
        }
    }

    /// <summary>Whether the method gets a separate body.</summary>
    public bool IsFor(MethodDefinition method)
    {
        MethodBody body = method.Body;
        return _optimized && body.CodeSize <= LargestInlined && !body.HasExceptionHandlers && !method.NoInlining && !method.IsConstructor
            && (CannotThrow(method) || (_stackTraceHidden != null && IsOnOneLine(method)))
            && !body.Instructions.Any(i => i.OpCode.Code is Code.Localloc or Code.Tail || StoresReadOnlyField(i) || LooksAtTheStack(i));
    }

    /// <summary>Makes the separate method, with the original body; the caller weaves it.</summary>
    public MethodDefinition Separate(MethodDefinition method)
    {
        MethodDefinition separate = MethodCopy.Of(method, "<" + method.Name + ">traced");
        separate.NoInlining = true;
        if (_stackTraceHidden != null)
            separate.CustomAttributes.Add(new CustomAttribute(_stackTraceHidden));
        return separate;
    }

    /// <summary>Makes the method call its separate body while tracing is on.</summary>
    public static void Divert(MethodDefinition method, MethodDefinition separate, FieldReference on)
    {
        method.DeclaringType.Methods.Add(separate);
        if (method.Body.CodeSize <= AlwaysInlined)
            method.AggressiveInlining = true;
        var code = new CodeBuilder();
        var toSeparate = new CodeBuilder();
        if (method.HasThis)
            toSeparate.LoadThis();
        foreach (ParameterDefinition parameter in method.Parameters)
            toSeparate.LoadArgument(parameter);
        toSeparate.Call(MethodCopy.ReferenceFromWithin(separate));
        toSeparate.Emit(OpCodes.Nop); // keeps the JIT from making it a tail call, which would take the visible frame away
        toSeparate.Emit(OpCodes.Ret);
        Instruction first = code.Emit(OpCodes.Ldsfld, on);
        code.Emit(OpCodes.Brtrue, toSeparate.Instructions[0]);

        if (SiteTableBuilder.FirstSequencePoint(method) is { } point)
        {
            method.DebugInformation.SequencePoints.Insert(0, DebugScopes.Copy(point, first));
            method.DebugInformation.SequencePoints.Add(DebugScopes.Copy(point, toSeparate.Instructions[0]));
        }

        DebugScopes.Widen(method, first);
        BodyReplacement.Replace(method, code.Instructions.Concat(method.Body.Instructions).Concat(toSeparate.Instructions), []);
    }

    private static bool IsOnOneLine(MethodDefinition method)
    {
        SequencePoint[] points = method.DebugInformation.SequencePoints.Where(p => !p.IsHidden).ToArray();
        return points.All(p => p.StartLine == points[0].StartLine && p.EndLine == points[0].StartLine);
    }

    private static bool CannotThrow(MethodDefinition method)
    {
        HashSet<Instruction> ofThis = ThisTracking.FieldAccesses(method, method.Body.Instructions.Count);
        return method.Body.Instructions.All(i => i.OpCode.Code switch
        {
            Code.Ldfld or Code.Stfld => ofThis.Contains(i),
            Code.Nop or Code.Dup or Code.Pop or Code.Ret or Code.Ldnull => true,
            >= Code.Ldarg_0 and <= Code.Ldc_R8 => true,
            >= Code.Br_S and <= Code.Switch => true,
            Code.Add or Code.Sub or Code.Mul => true,
            >= Code.And and <= Code.Conv_U8 => true,
            Code.Ceq or Code.Cgt or Code.Cgt_Un or Code.Clt or Code.Clt_Un => true,
            Code.Ldarg or Code.Ldarga or Code.Starg or Code.Ldloc or Code.Ldloca or Code.Stloc => true,
            _ => false,
        });
    }

    private static bool StoresReadOnlyField(Instruction instruction) =>
        instruction.OpCode.Code is Code.Stfld or Code.Stsfld && instruction.Operand is FieldReference field
            && (field as FieldDefinition ?? (field.DeclaringType.GetElementType() as TypeDefinition)?.Fields.FirstOrDefault(f => f.Name == field.Name))
                ?.IsInitOnly == true;

    /// <summary>Whether the callee looks who called it.</summary>
    private static bool LooksAtTheStack(Instruction instruction) => instruction.Operand is MethodReference
    {
        Name: "GetCallingAssembly" or "GetCurrentMethod" or "GetExecutingAssembly",
    }
    or MethodReference { DeclaringType.FullName: "System.Diagnostics.StackTrace" or "System.Diagnostics.StackFrame" }
    or MethodReference { DeclaringType.FullName: "System.Environment", Name: "get_StackTrace" };

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
