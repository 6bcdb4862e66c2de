using System.Collections.Generic;
using System.Linq;
using Fody;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

/// <summary>
/// A Fody add-in that wraps every method as the published ones do: it hands over the method, the object and the arguments when
/// a call begins, the exception when one leaves it, and the result when it ends.
/// </summary>
public sealed class ModuleWeaver : BaseModuleWeaver
{
    private MethodReference _methodFromHandle = null!;
    private MethodReference _enter = null!;
    private MethodReference _throw = null!;
    private MethodReference _leave = null!;
    private TypeReference _methodBase = null!;
    private TypeReference _exception = null!;

    public override IEnumerable<string> GetAssembliesForScanning() => ["System.Runtime"];

    public override void Execute()
    {
        TypeDefinition calls = ModuleDefinition.GetType("Start.WrappedCalls");
        _enter = calls.Methods.Single(method => method.Name == "Enter");
        _throw = calls.Methods.Single(method => method.Name == "Throw");
        _leave = calls.Methods.Single(method => method.Name == "Leave");
        _methodBase = _enter.Parameters[0].ParameterType;
        _exception = _throw.Parameters[1].ParameterType;
        _methodFromHandle = ModuleDefinition.ImportReference(
            _methodBase.Resolve().Methods.Single(method => method.Name == "GetMethodFromHandle" && method.Parameters.Count == 2));
        foreach (TypeDefinition type in ModuleDefinition.GetTypes().Where(type => type.Namespace.StartsWith("Work") || type.IsNested))
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody))
                Wrap(method);
        }
    }

    private void Wrap(MethodDefinition method)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        body.InitLocals = true;
        ILProcessor il = body.GetILProcessor();
        var self = Local(body, _methodBase);
        var exception = Local(body, _exception);
        VariableDefinition? result = method.ReturnType.MetadataType == MetadataType.Void ? null : Local(body, method.ReturnType);
        Instruction first = Begin(method);
        foreach (Instruction instruction in Enter(il, method, self))
            il.InsertBefore(first, instruction);

        Instruction[] end = [.. Leave(il, self, result)];
        foreach (Instruction ret in body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ret).ToList())
        {
            Instruction leave = il.Create(OpCodes.Leave, end[0]);
            il.InsertAfter(ret, leave);
            // In place, because there may be branches to it.
            ret.OpCode = result is null ? OpCodes.Nop : OpCodes.Stloc;
            ret.Operand = result;
        }

        Instruction[] handler =
        [
            il.Create(OpCodes.Stloc, exception),
            il.Create(OpCodes.Ldloc, self),
            il.Create(OpCodes.Ldloc, exception),
            il.Create(OpCodes.Call, _throw),
            il.Create(OpCodes.Rethrow),
        ];
        foreach (Instruction instruction in handler.Concat(end))
            il.Append(instruction);
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            CatchType = _exception,
            TryStart = first,
            TryEnd = handler[0],
            HandlerStart = handler[0],
            HandlerEnd = end[0],
        });
        body.OptimizeMacros();
    }

    private IEnumerable<Instruction> Enter(ILProcessor il, MethodDefinition method, VariableDefinition self)
    {
        yield return il.Create(OpCodes.Ldtoken, method);
        yield return il.Create(OpCodes.Ldtoken, method.DeclaringType);
        yield return il.Create(OpCodes.Call, _methodFromHandle);
        yield return il.Create(OpCodes.Stloc, self);
        yield return il.Create(OpCodes.Ldloc, self);
        if (method.IsStatic || method.DeclaringType.IsValueType)
            yield return il.Create(OpCodes.Ldnull);
        else
            yield return il.Create(OpCodes.Ldarg, method.Body.ThisParameter);
        yield return il.Create(OpCodes.Ldc_I4, method.Parameters.Count);
        yield return il.Create(OpCodes.Newarr, TypeSystem.ObjectReference);
        foreach (ParameterDefinition parameter in method.Parameters.Where(parameter => !parameter.ParameterType.IsByReference))
        {
            yield return il.Create(OpCodes.Dup);
            yield return il.Create(OpCodes.Ldc_I4, parameter.Index);
            yield return il.Create(OpCodes.Ldarg, parameter);
            yield return il.Create(OpCodes.Box, parameter.ParameterType);
            yield return il.Create(OpCodes.Stelem_Ref);
        }

        yield return il.Create(OpCodes.Call, _enter);
    }

    private IEnumerable<Instruction> Leave(ILProcessor il, VariableDefinition self, VariableDefinition? result)
    {
        yield return il.Create(OpCodes.Ldloc, self);
        if (result is null)
        {
            yield return il.Create(OpCodes.Ldnull);
        }
        else
        {
            yield return il.Create(OpCodes.Ldloc, result);
            yield return il.Create(OpCodes.Box, result.VariableType);
        }

        yield return il.Create(OpCodes.Call, _leave);
        if (result is not null)
            yield return il.Create(OpCodes.Ldloc, result);
        yield return il.Create(OpCodes.Ret);
    }

    // A constructor's object is nobody's before the base constructor has run.
    private static Instruction Begin(MethodDefinition method)
    {
        if (!method.IsConstructor || method.IsStatic)
            return method.Body.Instructions[0];
        return method.Body.Instructions.First(instruction =>
            instruction.OpCode == OpCodes.Call && instruction.Operand is MethodReference { Name: ".ctor" }).Next;
    }

    private static VariableDefinition Local(MethodBody body, TypeReference type)
    {
        var local = new VariableDefinition(type);
        body.Variables.Add(local);
        return local;
    }
}
