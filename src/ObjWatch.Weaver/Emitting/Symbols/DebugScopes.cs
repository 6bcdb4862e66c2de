using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;

namespace ObjWatch.Weaver.Emitting.Symbols;

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
    /// <param name="copies">Leads from an original instruction to its copy.</param>
    public static void Duplicate(MethodDefinition method, Instruction first, Instruction endOfCopy, InstructionMap copies)
    {
        ScopeDebugInformation? copy = CopyOf(method, method.Body, copies, endOfCopy);
        Widen(method, first);
        if (copy != null)
            method.DebugInformation.Scope.Scopes.Insert(0, copy);
    }

    /// <summary>Puts the method's scopes into a new root that covers all of its new body.</summary>
    public static void Widen(MethodDefinition method, Instruction first)
    {
        if (method.DebugInformation.Scope is { } original)
            method.DebugInformation.Scope = new ScopeDebugInformation(first, null) { Import = original.Import, Scopes = { original } };
    }

    /// <summary>A copy of the method's scopes for a body that has its locals.</summary>
    /// <returns>The copy, or <see langword="null"/> where the method has no scopes.</returns>
    public static ScopeDebugInformation? CopyOf(MethodDefinition method, MethodBody body, InstructionMap copies, Instruction? end)
    {
        if (method.DebugInformation.Scope is not { } root)
            return null;
        return Copy(root);

        ScopeDebugInformation? Copy(ScopeDebugInformation scope)
        {
            if (copies.AtOffset(scope.Start.Offset) is not { } first)
                return null; // some other tool has moved the code away from its symbols
            Instruction? last = scope.End.IsEndOfMethod ? end : copies.AtOffset(scope.End.Offset) ?? end;
            var copy = new ScopeDebugInformation(first, last) { Import = scope.Import };
            foreach (VariableDebugInformation variable in scope.Variables)
            {
                copy.Variables.Add(new VariableDebugInformation(body.Variables[variable.Index], variable.Name)
                {
                    Attributes = variable.Attributes,
                });
            }

            foreach (ConstantDebugInformation constant in scope.Constants)
                copy.Constants.Add(new ConstantDebugInformation(constant.Name, constant.ConstantType, constant.Value));
            foreach (ScopeDebugInformation inner in scope.Scopes)
            {
                if (Copy(inner) is { } innerCopy)
                    copy.Scopes.Add(innerCopy);
            }

            return copy;
        }
    }
}
