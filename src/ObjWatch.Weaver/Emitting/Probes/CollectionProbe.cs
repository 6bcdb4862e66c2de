using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Looks at the lengths of the collections in the fields of the source's <c>this</c> wherever a statement may have changed
/// them.</summary>
/// <remarks>
/// A statement may have changed one if it called anything. The look comes at the end of the statement on every way out of it:
/// before a branch, before a return, and before the next sequence point.
/// </remarks>
internal sealed class CollectionProbe : InstructionProbe
{
    private readonly List<(FieldReference Field, int Member, int Key)> _fields;
    private VariableDefinition? _state;
    private bool _pending;

    private CollectionProbe(BodyContext body, List<(FieldReference Field, int Member, int Key)> fields)
        : base(body) => _fields = fields;

    /// <summary>Where there is a line at which to report.</summary>
    public static ProbeKind Kind { get; } = new("collections", (plan, _) => plan.KeepsLine, Create);

    /// <summary>Fetches the object's state, and looks for what has changed since the object was last seen.</summary>
    public override void Begin()
    {
        if (_fields.Count == 0)
            return;
        _state = Context.Locals.New(Context.Module.Runtime.ObjectState);
        Output.LoadLocal(Context.Recorder);
        Context.LoadObject();
        Output.Call(Context.Module.Runtime.Method(nameof(Probe.StateOf)));
        Output.StoreLocal(_state);
        _pending = true;
        EndOfStatement(null);
    }

    public override void After(CopiedInstruction copied) =>
        _pending |= _fields.Count > 0 && copied.Instruction.OpCode.FlowControl == FlowControl.Call;

    public override void EndOfStatement(Instruction? by)
    {
        if (!_pending || _state == null)
            return;
        _pending = false;
        if (_fields.Count > 1)
            LookAtAll();
        else
            Look(_fields[0].Field, _fields[0].Member, _fields[0].Key);
    }

    private void LookAtAll()
    {
        int first = Context.AddSite(SiteKind.Length, _fields[0].Member);
        foreach ((_, int member, _) in _fields.Skip(1))
            Context.AddSite(SiteKind.Length, member);
        Context.LoadObject();
        Output.LoadLocal(Context.Recorder);
        Output.LoadLocal(_state!);
        Output.LoadSite(Context.Module.FirstSite, first);
        Output.Call(Context.Module.LengthLooks.For(Context.ObjectType!, _fields));
    }

    private void Look(FieldReference field, int member, int key)
    {
        int site = Context.AddSite(SiteKind.Length, member);
        Output.LoadLocal(Context.Recorder);
        Output.LoadLocal(_state!);
        Output.LoadSite(Context.Module.FirstSite, site);
        Output.LoadSite(Context.Module.FirstSite, key);
        Context.LoadObject();
        Output.Emit(OpCodes.Ldfld, field);
        Output.Call(Context.Module.Runtime.Method(nameof(Probe.Length)));
    }

    private static CollectionProbe Create(BodyContext body)
    {
        MethodContext context = body.Method;
        var fields = new List<(FieldReference Field, int Member, int Key)>();
        foreach ((FieldDefinition field, TypeReference declaring) in InheritedFields.Of(context.KeepsLine ? context.ObjectType : null))
        {
            if (CollectionTypes.MayHold(field.FieldType) && context.Module.Members.Find(field) is { Kind: MemberKind.Instance } watched)
            {
                int key = context.Module.Sites.MemberKey(context.Site.Method, watched.Member);
                fields.Add((GenericTypes.FieldOf(declaring, field), watched.Member, key));
            }
        }

        return new CollectionProbe(body, fields);
    }
}
