using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Looks for method bodies that are no code, as obfuscators leave them behind: Cecil answers them with whatever exception it runs into, or
/// reads something else than what stands there. This is done when weaving has met one, and not before.
/// </summary>
internal static class DamagedBodies
{
    /// <summary>As <see cref="Find"/>, of a file that may be worse than that: then there is nothing to be found.</summary>
    public static byte[]? TryFind(string assemblyPath, Obstacles obstacles)
    {
        try
        {
            return Find(assemblyPath, obstacles);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Makes all such bodies of an assembly obstacles.</summary>
    /// <returns>The assembly with what Cecil could not copy replaced by what the runtime refuses all the same; <see langword="null"/> if
    /// there is nothing of the kind.</returns>
    public static byte[]? Find(string assemblyPath, Obstacles obstacles)
    {
        byte[] image = File.ReadAllBytes(assemblyPath);
        var raw = new RawImage(image);
        bool any = false;
        var original = new MemoryStream((byte[])image.Clone(), writable: false);
        using ModuleDefinition module = ModuleDefinition.ReadModule(original, new ReaderParameters(ReadingMode.Deferred));
        var sound = new List<MethodDefinition>();
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            if (new RawBody(image, raw).Repair((uint)method.RVA) is { } fault)
            {
                obstacles.IsUnreadable(method, fault);
                any = true;
            }
            else
            {
                sound.Add(method);
            }
        }

        foreach (MethodDefinition method in sound)
        {
            if (FaultOfOperands(method) is not { } fault)
                continue;
            obstacles.IsUnreadable(method, fault);
            any = true;
        }

        return any ? image : null;
    }

    /// <summary>What is wrong with a body that has an orderly form: Cecil reads a variable that does not exist as nothing.</summary>
    private static string? FaultOfOperands(MethodDefinition method)
    {
        try
        {
            return method.Body.Instructions.FirstOrDefault(i => i.Operand == null && i.OpCode.OperandType != OperandType.InlineNone)
                is { } instruction
                ? $"{instruction.OpCode.Name} uses what is not there"
                : null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure.Message;
        }
    }
}
