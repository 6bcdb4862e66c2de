using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using Mono.Cecil;
using Mono.Cecil.Cil;
using MethodAttributes = Mono.Cecil.MethodAttributes;
using ParameterAttributes = Mono.Cecil.ParameterAttributes;
using TypeAttributes = Mono.Cecil.TypeAttributes;

namespace Drivers.Cecil;

/// <summary>Builds an assembly from nothing and runs it.</summary>
internal static class Building
{
    public static void Run(TextWriter output)
    {
        using var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Built", new Version(1, 2, 3, 4)), "Built", ModuleKind.Dll);
        ModuleDefinition module = assembly.MainModule;
        var type = new TypeDefinition("Built", "Calculator", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        module.Types.Add(type);
        type.Methods.Add(Factorial(module));
        type.Methods.Add(Guarded(module));
        using var image = new MemoryStream();
        assembly.Write(image, new WriterParameters { DeterministicMvid = true, Timestamp = 1 });
        output.WriteLine($"{image.Length} {Convert.ToHexString(SHA256.HashData(image.ToArray()))}");
        foreach (Instruction instruction in type.Methods[0].Body.Instructions)
            output.WriteLine(instruction);

        var context = new AssemblyLoadContext("built", isCollectible: true);
        image.Position = 0;
        Type loaded = context.LoadFromStream(image).GetType("Built.Calculator", throwOnError: true)!;
        output.WriteLine(loaded.GetMethod("Factorial")!.Invoke(null, [10L]));
        output.WriteLine($"{loaded.GetMethod("Guarded")!.Invoke(null, ["12"])} {loaded.GetMethod("Guarded")!.Invoke(null, ["x"])}");
        context.Unload();
    }

    private static MethodDefinition Factorial(ModuleDefinition module)
    {
        var method = new MethodDefinition("Factorial", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Int64);
        method.Parameters.Add(new ParameterDefinition("number", ParameterAttributes.None, module.TypeSystem.Int64));
        ILProcessor processor = method.Body.GetILProcessor();
        Instruction one = processor.Create(OpCodes.Ldc_I8, 1L);
        processor.Emit(OpCodes.Ldarg_0);
        processor.Emit(OpCodes.Ldc_I8, 2L);
        processor.Emit(OpCodes.Blt, one);
        processor.Emit(OpCodes.Ldarg_0);
        processor.Emit(OpCodes.Ldarg_0);
        processor.Emit(OpCodes.Ldc_I8, 1L);
        processor.Emit(OpCodes.Sub);
        processor.Emit(OpCodes.Call, method);
        processor.Emit(OpCodes.Mul);
        processor.Emit(OpCodes.Ret);
        processor.Append(one);
        processor.Emit(OpCodes.Ret);
        return method;
    }

    private static MethodDefinition Guarded(ModuleDefinition module)
    {
        var method = new MethodDefinition("Guarded", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Int32);
        method.Parameters.Add(new ParameterDefinition("text", ParameterAttributes.None, module.TypeSystem.String));
        method.Body.Variables.Add(new VariableDefinition(module.TypeSystem.Int32));
        method.Body.InitLocals = true;
        ILProcessor processor = method.Body.GetILProcessor();
        Instruction result = processor.Create(OpCodes.Ldloc_0);
        Instruction start = processor.Create(OpCodes.Ldarg_0);
        Instruction handler = processor.Create(OpCodes.Pop);
        processor.Append(start);
        processor.Emit(OpCodes.Call, module.ImportReference(typeof(int).GetMethod(nameof(int.Parse), [typeof(string)])));
        processor.Emit(OpCodes.Stloc_0);
        processor.Emit(OpCodes.Leave, result);
        processor.Append(handler);
        processor.Emit(OpCodes.Ldc_I4_M1);
        processor.Emit(OpCodes.Stloc_0);
        processor.Emit(OpCodes.Leave_S, result);
        processor.Append(result);
        processor.Emit(OpCodes.Ret);
        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = start, TryEnd = handler, HandlerStart = handler, HandlerEnd = result, CatchType = module.ImportReference(typeof(FormatException)),
        });
        return method;
    }
}
