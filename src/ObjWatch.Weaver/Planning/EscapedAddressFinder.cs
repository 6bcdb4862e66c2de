using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Planning;

/// <summary>Looks through methods for addresses of fields that are kept beyond the statement that takes them.</summary>
internal sealed class EscapedAddressFinder
{
    private readonly HashSet<FieldDefinition> _fields = new();
    private readonly WatchedMembers _members;
    private readonly TypeShapes _shapes;

    /// <summary>Prepares to look.</summary>
    /// <param name="members">Which fields are watched.</param>
    /// <param name="shapes">Tells what may hold an address.</param>
    public EscapedAddressFinder(WatchedMembers members, TypeShapes shapes)
    {
        _members = members;
        _shapes = shapes;
    }

    /// <summary>What has been found.</summary>
    public EscapedAddresses Found => new(_fields);

    /// <summary>Looks for fields whose address a method keeps.</summary>
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
