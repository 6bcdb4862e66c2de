using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Looks at the lengths of the collections in local variables wherever a statement may have changed them: in the method's own, in those that a state
/// machine keeps, and in those that lambdas capture.</summary>
internal sealed class LocalCollections
{
    private readonly MethodContext _context;
    private readonly List<Place> _places = new();
    private int _offset;
    private bool _pending;

    public LocalCollections(MethodContext context, LocalNames names)
    {
        _context = context;
        if (!context.Module.Request.Locals || !context.KeepsLine)
            return;
        foreach ((int start, int end, VariableDefinition variable, string name) in names.All.Where(n => CollectionTypes.MayHold(n.Variable.VariableType)))
            Add(name, start, end, holder: null, code => code.LoadLocal(variable));
        AddCaptured(context);
        if (context.Machine != null && context.Part != StateMachinePart.KickOff)
            AddHoisted(context.Machine);
    }

    /// <summary>Takes note of an instruction that has been copied.</summary>
    public void Passed(Instruction instruction)
    {
        _offset = instruction.Offset;
        _pending |= _places.Count > 0 && instruction.OpCode.FlowControl == FlowControl.Call;
    }

    /// <summary>Writes the looks that are due.</summary>
    public void Flush()
    {
        if (!_pending)
            return;
        _pending = false;
        foreach (Place place in _places.Where(p => p.IsAt(_offset)))
            Look(place);
    }

    private void Look(Place place)
    {
        CodeBuilder code = _context.Code;
        Instruction skip = Instruction.Create(OpCodes.Nop);
        if (place.Holder != null)
        {
            place.Holder(code);
            code.Emit(OpCodes.Brfalse, skip); // the closure has yet to be made
        }

        _context.LoadRecorderAndSite(_context.AddSite(SiteKind.Length, place.Member));
        code.LoadSite(_context.Module.FirstSite, place.Key);
        place.Load(code);
        code.Call(_context.Module.Runtime.Method("CollectionLength"));
        code.Add(skip);
    }

    private void AddCaptured(MethodContext context)
    {
        if (context.Host.HasThis && SourceMembers.IsClosure(context.Host.DeclaringType))
            AddClosure(GenericTypes.SelfInstance(context.Host.DeclaringType), holder: null, code => code.LoadThis());
        foreach (VariableDefinition variable in context.Host.Body.Variables.Where(v => IsClosure(v.VariableType)))
        {
            if (variable.VariableType.IsValueType)
                AddClosure(variable.VariableType, holder: null, code => code.Add(Instruction.Create(OpCodes.Ldloca, variable)));
            else
                AddClosure(variable.VariableType, code => code.LoadLocal(variable), code => code.LoadLocal(variable));
        }
    }

    private void AddHoisted(StateMachine machine)
    {
        foreach (FieldDefinition field in machine.Type.Fields)
        {
            FieldReference reference = machine.FromWithin(field);
            Action<CodeBuilder> load = code =>
            {
                code.LoadThis();
                code.Emit(OpCodes.Ldfld, reference);
            };
            if (SourceMembers.HoistedVariable(field) is { } name && CollectionTypes.MayHold(field.FieldType))
                Add(name, 0, int.MaxValue, holder: null, load);
            else if (IsClosure(field.FieldType) && !field.FieldType.IsValueType)
                AddClosure(field.FieldType, load, load);
        }
    }

    private void AddClosure(TypeReference type, Action<CodeBuilder>? holder, Action<CodeBuilder> load)
    {
        foreach (FieldDefinition field in ((TypeDefinition)type.GetElementType()).Fields)
        {
            if (field.IsStatic || SourceMembers.CapturedVariable(field) is not { } name || !CollectionTypes.MayHold(field.FieldType))
                continue;
            FieldReference reference = GenericTypes.FieldOf(type, field);
            Add(name, 0, int.MaxValue, holder, code =>
            {
                load(code);
                code.Emit(OpCodes.Ldfld, reference);
            });
        }
    }

    private void Add(string name, int start, int end, Action<CodeBuilder>? holder, Action<CodeBuilder> load)
    {
        int member = _context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        _places.Add(new Place(start, end, member, _context.Module.Sites.LengthKey(_context.Site.Method, member), holder, load));
    }

    private static bool IsClosure(TypeReference type) => type.GetElementType() is TypeDefinition definition && SourceMembers.IsClosure(definition);

    /// <summary>A variable that may hold a collection.</summary>
    private sealed record Place(int Start, int End, int Member, int Key, Action<CodeBuilder>? Holder, Action<CodeBuilder> Load)
    {
        public bool IsAt(int offset) => offset >= Start && offset < End;
    }
}
