using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>Which methods of an assembly have other instructions than the compiler gave them.</summary>
internal static class RewrittenMethods
{
    /// <summary>Counts the methods with a body in an assembly, and those of them that are different in another, or not there.</summary>
    /// <param name="plain">As the compiler wrote it.</param>
    /// <param name="woven">The other.</param>
    public static (int All, int Rewritten) Count(string plain, string woven)
    {
        Dictionary<string, string> before = Bodies(plain);
        Dictionary<string, string> after = Bodies(woven);
        return (before.Count, before.Count(method => after.GetValueOrDefault(method.Key) != method.Value));
    }

    private static Dictionary<string, string> Bodies(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody)
            .ToDictionary(method => method.FullName, Text);
    }

    // Without what only writing it again changes: short forms and offsets.
    private static string Text(MethodDefinition method)
    {
        method.Body.SimplifyMacros();
        Dictionary<Instruction, int> places = method.Body.Instructions.Select((instruction, place) => (instruction, place))
            .ToDictionary(entry => entry.instruction, entry => entry.place);
        return string.Join('\n', places.Keys.Select(instruction => $"{instruction.OpCode} {Operand(instruction.Operand, places)}"));
    }

    private static object? Operand(object? operand, Dictionary<Instruction, int> places) => operand switch
    {
        Instruction target => places[target],
        Instruction[] targets => string.Join(' ', targets.Select(target => places[target])),
        VariableDefinition variable => variable.Index,
        _ => operand,
    };
}
