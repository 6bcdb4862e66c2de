using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Reads the fields of <c>this</c> whose addresses are kept somewhere, wherever a statement may have changed them through
/// one.</summary>
internal sealed class RereadProbe : InstructionProbe
{
    private readonly List<(FieldReference Field, int Member)> _fields;
    private bool _begun;
    private bool _pending;

    private RereadProbe(BodyContext body, List<(FieldReference Field, int Member)> fields)
        : base(body) => _fields = fields;

    /// <summary>Where there is a line at which to report.</summary>
    public static ProbeKind Kind { get; } = new("rereads", (plan, _) => plan.KeepsLine, Create);

    public override void Begin()
    {
        _begun = _pending = true;
        EndOfStatement(null);
    }

    public override void After(CopiedInstruction copied) => _pending |= EscapedFields.MayStore(copied.Instruction);

    public override void EndOfStatement(Instruction? by)
    {
        _pending |= by != null && EscapedFields.MayStore(by); // it is not looked at behind it
        if (!_pending || !_begun)
            return;
        _pending = false;
        foreach ((FieldReference field, int member) in _fields)
        {
            TypeReference type = GenericTypes.FieldType(field);
            ValueShape shape = Context.Module.Shapes.Of(type);
            Context.LoadRecorderAndSite(Context.AddSite(SiteKind.Store, member));
            Output.LoadSite(Context.Module.FirstSite, Context.Module.Sites.MemberKey(Context.Site.Method, member));
            Context.LoadObject();
            Context.LoadObject();
            Output.Emit(OpCodes.Ldfld, field);
            if (shape == ValueShape.Pointer)
                Output.Emit(OpCodes.Conv_U);
            Context.CallProbe(nameof(Probe.Reread), nameof(Probe.RereadReference), shape, type);
        }
    }

    private static RereadProbe Create(BodyContext body)
    {
        ModuleContext module = body.Method.Module;
        var fields = new List<(FieldReference Field, int Member)>();
        TypeReference? type = body.Method.KeepsLine ? body.Method.ObjectType : null;
        foreach ((FieldDefinition field, TypeReference declaring) in InheritedFields.Of(type))
        {
            if (!module.Escaped.Contains(field))
                continue;
            FieldReference reference = GenericTypes.FieldOf(declaring, field);
            TypeReference fieldType = GenericTypes.FieldType(reference);
            if (module.Shapes.Of(fieldType) != ValueShape.Opaque && !StructSizes.IsLarge(fieldType))
                fields.Add((reference, module.Members.Find(field)!.Member));
        }

        return new RereadProbe(body, fields);
    }
}
