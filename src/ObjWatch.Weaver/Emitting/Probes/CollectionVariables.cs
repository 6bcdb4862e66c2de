using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Finds the variables of the source that may hold collections: the method's own, those that a state machine keeps, and those that
/// lambdas capture.</summary>
internal sealed class CollectionVariables
{
    private readonly MethodContext _method;
    private readonly List<CollectionVariable> _variables = new();

    private CollectionVariables(MethodContext method) => _method = method;

    /// <summary>Those of a body.</summary>
    public static IReadOnlyList<CollectionVariable> Of(BodyContext body)
    {
        MethodContext method = body.Method;
        var found = new CollectionVariables(method);
        if (!method.KeepsLine)
            return found._variables;
        foreach ((int start, int end, VariableDefinition variable, string name) in body.LocalNames.All)
        {
            if (CollectionTypes.MayHold(variable.VariableType))
                found.Add(name, start, end, holder: null, code => code.LoadLocal(variable));
        }

        found.AddCaptured(method);
        if (method.Machine != null && method.Part != StateMachinePart.KickOff)
            found.AddHoisted(method.Machine);
        return found._variables;
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
        int member = _method.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        int key = _method.Module.Sites.MemberKey(_method.Site.Method, member);
        _variables.Add(new CollectionVariable(start, end, member, key, holder, load));
    }

    private static bool IsClosure(TypeReference type) =>
        type.GetElementType() is TypeDefinition definition && SourceMembers.IsClosure(definition);
}
