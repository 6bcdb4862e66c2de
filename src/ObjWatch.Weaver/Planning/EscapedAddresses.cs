using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Planning;

/// <summary>Which fields of objects somebody in the module keeps the address of beyond the statement that takes it: in a <c>ref</c> local,
/// a span, a pointer, as the result. Whoever has it may store at any time, so these fields are read again and again. So are those whose
/// address a method gets that stores to them itself too.</summary>
internal sealed class EscapedAddresses
{
    private readonly HashSet<FieldDefinition> _fields = new();
    private readonly WatchedMembers _members;
    private readonly TypeShapes _shapes;

    /// <summary>None yet.</summary>
    public EscapedAddresses(WatchedMembers members, TypeShapes shapes)
    {
        _members = members;
        _shapes = shapes;
    }

    /// <summary>Whether the field is one of these.</summary>
    public bool Contains(FieldReference field) =>
        _fields.Count > 0 && WatchedMembers.Definition(field) is { } definition && _fields.Contains(definition);

    /// <summary>Adds those whose address a method keeps.</summary>
    public void Look(MethodDefinition method)
    {
        Mono.Collections.Generic.Collection<Instruction> instructions = method.Body.Instructions;
        HashSet<int>? statements = null;
        for (int i = 0; i < instructions.Count; i++)
        {
            Instruction instruction = instructions[i];
            if (instruction.OpCode.Code == Code.Ldflda
                && WatchedMembers.Definition((FieldReference)instruction.Operand) is { DeclaringType.IsValueType: false } field
                && !_fields.Contains(field) && _members.Find(field) is { Kind: Trace.Format.MemberKind.Instance }
                && IsKept(method, instruction, statements ??= Statements(method)))
            {
                _fields.Add(field);
            }
        }
    }

    /// <summary>Whether the statement puts an address somewhere, or leaves it on the stack for the next one, as optimised code does with a
    /// variable.</summary>
    private bool IsKept(MethodDefinition method, Instruction load, HashSet<int> statements)
    {
        int depth = 1;
        bool used = false;
        for (Instruction? i = load.Next; i != null; i = i.Next)
        {
            if (statements.Contains(i.Offset))
                return !used;
            TypeReference? stored = i.OpCode.Code switch
            {
                >= Code.Stloc_0 and <= Code.Stloc_3 => method.Body.Variables[i.OpCode.Code - Code.Stloc_0].VariableType,
                Code.Stloc or Code.Stloc_S => ((VariableDefinition)i.Operand).VariableType,
                Code.Starg or Code.Starg_S => ((ParameterDefinition)i.Operand).ParameterType,
                Code.Stfld => ((FieldReference)i.Operand).FieldType,
                Code.Ret => method.ReturnType,
                _ => null,
            };
            if (stored != null && _shapes.Of(stored) is ValueShape.Opaque or ValueShape.Pointer)
                return true;
            if (used)
                continue;
            depth -= StackEffect.Pops(i, method, depth);
            used = depth <= 0;
            if (used && StoresItself(i, (FieldReference)load.Operand))
                return true;
            depth += StackEffect.Pushes(i);
        }

        return false;
    }

    private static HashSet<int> Statements(MethodDefinition method)
    {
        var statements = new HashSet<int>();
        foreach (SequencePoint point in method.DebugInformation.SequencePoints)
            statements.Add(point.Offset);
        return statements;
    }

    /// <summary>Whether the address is handed to a method that also stores to the field by its name: each store has to know of the
    /// other.</summary>
    private static bool StoresItself(Instruction use, FieldReference field) =>
        use.Operand is MethodReference callee && callee.GetElementMethod() is MethodDefinition { HasBody: true } method
        && method.Body.Instructions.Any(i => i.OpCode.Code == Code.Stfld && ((FieldReference)i.Operand).FullName == field.FullName);
}
