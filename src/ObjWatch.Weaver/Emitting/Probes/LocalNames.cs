using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Which local variable of the source an instruction stores to, by the symbols' scopes.</summary>
internal sealed class LocalNames
{
    private readonly MethodDefinition _method;
    private readonly List<(int Start, int End, int Index, string Name)> _named = new();

    private LocalNames(MethodDefinition method) => _method = method;

    /// <summary>Those of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="wanted">Whether anybody asks; if not, there are none.</param>
    public static LocalNames Of(MethodDefinition method, bool wanted)
    {
        var names = new LocalNames(method);
        if (wanted && method.DebugInformation.Scope is { } root)
            names.Collect(root);
        return names;
    }

    /// <summary>All named locals, each with the range of offsets in which the name means it.</summary>
    public IEnumerable<(int Start, int End, VariableDefinition Variable, string Name)> All
    {
        get
        {
            foreach ((int start, int end, int index, string name) in _named)
                yield return (start, end, _method.Body.Variables[index], name);
        }
    }

    /// <summary>The named local the instruction stores to, or <see langword="null"/>.</summary>
    public (VariableDefinition Variable, string Name)? StoredLocal(Instruction instruction) => Named(instruction, StoredIndex(instruction));

    /// <summary>The named local whose address the instruction takes, or <see langword="null"/>.</summary>
    public (VariableDefinition Variable, string Name)? AddressedLocal(Instruction instruction) =>
        Named(instruction, AddressedIndex(instruction));

    private (VariableDefinition Variable, string Name)? Named(Instruction instruction, int? indexOrNone)
    {
        if (_named.Count == 0 || indexOrNone is not { } index)
            return null;
        foreach ((int start, int end, int variable, string name) in _named)
        {
            if (variable == index && instruction.Offset >= start && instruction.Offset < end)
                return (_method.Body.Variables[index], name);
        }

        return null;
    }

    /// <summary>C#'s begin with <c>&lt;</c> or <c>CS$</c>, Visual Basic's with <c>VB$</c> or <c>$VB$</c>; F#'s is called <c>Pipe #1 input
    /// at line 5</c>.</summary>
    private static bool IsCompilers(string name) => name[0] is '<' or '$'
        || (name.StartsWith("Pipe #", StringComparison.Ordinal) && name.Contains(" at line "))
        || name.StartsWith("CS$", StringComparison.Ordinal) || name.StartsWith("VB$", StringComparison.Ordinal);

    private static int? AddressedIndex(Instruction instruction) =>
        instruction.OpCode.Code is Code.Ldloca or Code.Ldloca_S ? ((VariableDefinition)instruction.Operand).Index : null;

    private static int? StoredIndex(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Stloc_0 => 0,
        Code.Stloc_1 => 1,
        Code.Stloc_2 => 2,
        Code.Stloc_3 => 3,
        Code.Stloc_S or Code.Stloc => ((VariableDefinition)instruction.Operand).Index,
        _ => null,
    };

    private void Collect(ScopeDebugInformation scope)
    {
        int end = scope.End.IsEndOfMethod ? int.MaxValue : scope.End.Offset;
        foreach (VariableDebugInformation variable in scope.Variables)
        {
            if (!variable.IsDebuggerHidden && !IsCompilers(variable.Name))
                _named.Add((scope.Start.Offset, end, variable.Index, variable.Name));
        }

        foreach (ScopeDebugInformation inner in scope.Scopes)
            Collect(inner);
    }
}
