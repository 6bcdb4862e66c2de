using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Gives the instrumented copy of a body the symbols that the original has: lines, local names, imports.</summary>
internal static class DebugScopes
{
    private const int HiddenLine = 0xFEEFEE;

    /// <summary>The sequence point again, at another instruction.</summary>
    public static SequencePoint Copy(SequencePoint point, Instruction at) => new(at, point.Document)
    {
        StartLine = point.StartLine,
        StartColumn = point.StartColumn,
        EndLine = point.EndLine,
        EndColumn = point.EndColumn,
    };

    /// <summary>A sequence point that tells debuggers to step over what begins there.</summary>
    public static SequencePoint Hidden(Document document, Instruction at) => new(at, document)
    {
        StartLine = HiddenLine,
        EndLine = HiddenLine,
    };

    /// <summary>Puts a copy of the method's scopes, and the original ones, into a new root.</summary>
    /// <param name="method">The method, whose instructions still have their original offsets.</param>
    /// <param name="first">First instruction of the new body.</param>
    /// <param name="endOfCopy">First instruction behind the copy.</param>
    /// <param name="copyOf">Leads from an original instruction to its copy.</param>
    public static void Duplicate(MethodDefinition method, Instruction first, Instruction endOfCopy, Func<Instruction, Instruction> copyOf)
    {
        ScopeDebugInformation? original = method.DebugInformation.Scope;
        if (original == null)
            return;
        Dictionary<int, Instruction> byOffset = method.Body.Instructions.ToDictionary(i => i.Offset);
        method.DebugInformation.Scope = new ScopeDebugInformation(first, null)
        {
            Import = original.Import,
            Scopes = { Copy(original), original },
        };

        ScopeDebugInformation Copy(ScopeDebugInformation scope)
        {
            Instruction end = scope.End.IsEndOfMethod || !byOffset.TryGetValue(scope.End.Offset, out Instruction? last) ? endOfCopy : copyOf(last);
            var copy = new ScopeDebugInformation(copyOf(byOffset[scope.Start.Offset]), end) { Import = scope.Import };
            foreach (VariableDebugInformation variable in scope.Variables)
            {
                copy.Variables.Add(new VariableDebugInformation(method.Body.Variables[variable.Index], variable.Name)
                {
                    Attributes = variable.Attributes,
                });
            }

            foreach (ConstantDebugInformation constant in scope.Constants)
                copy.Constants.Add(new ConstantDebugInformation(constant.Name, constant.ConstantType, constant.Value));
            foreach (ScopeDebugInformation inner in scope.Scopes)
                copy.Scopes.Add(Copy(inner));
            return copy;
        }
    }
}
