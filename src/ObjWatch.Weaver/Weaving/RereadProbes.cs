using System.Collections.Generic;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Reads the fields of <c>this</c> whose addresses are kept somewhere, wherever a statement may have changed them through one.</summary>
/// <remarks>The runtime remembers what was last seen in each, whoever has seen it: a change is reported once.</remarks>
internal sealed class RereadProbes
{
    private readonly MethodContext _context;
    private readonly List<(FieldReference Field, int Member)> _fields = new();
    private bool _begun;
    private bool _pending;

    public RereadProbes(MethodContext context)
    {
        _context = context;
        TypeReference? type = context.KeepsLine ? context.ObjectType : null;
        for (bool own = true; type?.GetElementType() is TypeDefinition definition; own = false)
        {
            foreach (FieldDefinition field in definition.Fields)
            {
                if (field.IsStatic || (!own && field.IsPrivate) || !context.Module.Escaped.Contains(field))
                    continue;
                FieldReference reference = GenericTypes.FieldOf(type, field);
                TypeReference fieldType = GenericTypes.FieldType(reference);
                if (context.Module.Shapes.Of(fieldType) != ValueShape.Opaque && !StructSizes.IsLarge(fieldType))
                    _fields.Add((reference, context.Module.Members.Find(field)!.Member));
            }

            type = definition.BaseType is { } parent && type is GenericInstanceType instance
                ? GenericTypes.Substitute(parent, instance)
                : definition.BaseType;
        }
    }

    /// <summary>Tells the runtime what has been stored to a field and reported.</summary>
    /// <param name="context">The method.</param>
    /// <param name="field">The field, of an object.</param>
    /// <param name="member">Its member.</param>
    /// <param name="owner">The local that holds the object.</param>
    /// <param name="value">The local that holds the value.</param>
    public static void Know(MethodContext context, FieldReference field, int member, VariableDefinition owner, VariableDefinition value)
    {
        if (!context.Module.Escaped.Contains(field))
            return;
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = context.Module.Shapes.Of(type);
        context.Code.LoadLocal(context.Recorder);
        context.Code.LoadSite(context.Module.FirstSite, context.Module.Sites.LengthKey(context.Site.Method, member));
        context.Code.LoadLocal(owner);
        context.LoadForProbe(value, shape);
        context.CallProbe("Known", "KnownReference", shape, type);
    }

    /// <summary>Before a store: somebody may have stored through the address before, and that comes first.</summary>
    public static void LookBeforeStore(MethodContext context, FieldReference field, int member, VariableDefinition owner, VariableDefinition value)
    {
        if (context.Module.Escaped.Contains(field))
            Look(context, field, member, owner, value);
    }

    /// <summary>Compares a value that has been read from such a field with what was last seen in it.</summary>
    public static void Look(MethodContext context, FieldReference field, int member, VariableDefinition owner, VariableDefinition value)
    {
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = context.Module.Shapes.Of(type);
        context.LoadRecorderAndSite(context.AddSite(SiteKind.Store, member));
        context.Code.LoadSite(context.Module.FirstSite, context.Module.Sites.LengthKey(context.Site.Method, member));
        context.Code.LoadLocal(owner);
        context.LoadForProbe(value, shape);
        context.CallProbe("Reread", "RereadReference", shape, type);
    }

    /// <summary>Looks for what has changed since the object was last seen.</summary>
    public void Begin()
    {
        _begun = _pending = true;
        Flush();
    }

    /// <summary>Takes note of an instruction that has been copied.</summary>
    public void Passed(Instruction instruction) => _pending |= MayStore(instruction);

    /// <summary>Whether the instruction may store through an address.</summary>
    public static bool MayStore(Instruction instruction) => instruction.OpCode.FlowControl == FlowControl.Call || instruction.OpCode.Code
        is >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj or Code.Stfld or Code.Initobj or Code.Cpobj or Code.Cpblk or Code.Initblk;

    /// <summary>Writes the looks that are due.</summary>
    public void Flush()
    {
        if (!_pending || !_begun)
            return;
        _pending = false;
        foreach ((FieldReference field, int member) in _fields)
        {
            TypeReference type = GenericTypes.FieldType(field);
            ValueShape shape = _context.Module.Shapes.Of(type);
            CodeBuilder code = _context.Code;
            _context.LoadRecorderAndSite(_context.AddSite(SiteKind.Store, member));
            code.LoadSite(_context.Module.FirstSite, _context.Module.Sites.LengthKey(_context.Site.Method, member));
            _context.LoadObject();
            _context.LoadObject();
            code.Emit(OpCodes.Ldfld, field);
            if (shape == ValueShape.Pointer)
                code.Emit(OpCodes.Conv_U);
            _context.CallProbe("Reread", "RereadReference", shape, type);
        }
    }
}
