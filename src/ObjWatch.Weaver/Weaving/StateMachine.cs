using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>What a state machine's method was in the source.</summary>
internal enum StateMachineKind
{
    /// <summary>An async method.</summary>
    Async,

    /// <summary>An iterator.</summary>
    Iterator,

    /// <summary>An async iterator.</summary>
    AsyncIterator,
}

/// <summary>What a method is to a state machine.</summary>
internal enum StateMachinePart
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The method of the source, which now only begins the state machine.</summary>
    KickOff,

    /// <summary>Runs it up to its next suspension.</summary>
    MoveNext,

    /// <summary>Ends an iterator early.</summary>
    Dispose,

    /// <summary>Holds some more of the source's code, as the finally blocks of an iterator.</summary>
    Other,
}

/// <summary>The type into which a compiler has turned an async method or an iterator.</summary>
internal sealed class StateMachine
{
    private const string FrameName = "<ObjWatch>frame";

    private StateMachine(MethodDefinition kickOff, TypeDefinition type, StateMachineKind kind, MethodDefinition moveNext)
    {
        KickOff = kickOff;
        Type = type;
        Kind = kind;
        MoveNext = moveNext;
    }

    /// <summary>The method of the source.</summary>
    public MethodDefinition KickOff { get; }

    /// <summary>The state machine's type: a struct in optimised C#, else a class.</summary>
    public TypeDefinition Type { get; }

    public StateMachineKind Kind { get; }

    public MethodDefinition MoveNext { get; }

    /// <summary>Of an async method: the type that makes its task.</summary>
    public TypeReference? Builder { get; private set; }

    /// <summary>The field that holds the <c>this</c> of the source, or <see langword="null"/> where its code does not use one.</summary>
    public FieldDefinition? This => Type.Fields.FirstOrDefault(HoldsThis);

    /// <summary>The field that says how far it has come.</summary>
    public FieldDefinition? State => Type.Fields.FirstOrDefault(f => f.Name is "<>1__state" or "$State");

    /// <summary>The value of <see cref="State"/> before an iterator's first step: 0, of an async one -3 (StateMachineState in dotnet/roslyn).</summary>
    public int InitialState => Kind == StateMachineKind.AsyncIterator ? -3 : 0;

    /// <summary>The field that remembers the traced invocation; there once <see cref="Prepare"/> has been called.</summary>
    public FieldDefinition? Frame { get; private set; }

    /// <summary>The method's index in the table of sites and its site, once they are known: all parts share them.</summary>
    public (int Index, int Site)? Method { get; set; }

    /// <summary>Whether its body could not be woven, so that the method is traced as one that only begins something.</summary>
    public bool Failed { get; set; }

    /// <summary>The state machine that the method begins, by the attribute that says so; <see langword="null"/> where there is none.</summary>
    public static StateMachine? Of(MethodDefinition kickOff)
    {
        if (SourceMembers.StateMachineAttribute(kickOff) is not { } attribute || SourceMembers.StateMachineMethod(kickOff) is not { HasBody: true } moveNext)
            return null;
        StateMachineKind kind = attribute.AttributeType.Name switch
        {
            "IteratorStateMachineAttribute" => StateMachineKind.Iterator,
            "AsyncIteratorStateMachineAttribute" => StateMachineKind.AsyncIterator,
            _ => StateMachineKind.Async,
        };
        var machine = new StateMachine(kickOff, moveNext.DeclaringType, kind, moveNext);
        if (kind == StateMachineKind.Iterator)
            return machine.Current != null ? machine : null;
        machine.Builder = kind == StateMachineKind.Async
            ? kickOff.Body.Instructions.Select(machine.BuilderStarting).FirstOrDefault(b => b != null)
            : machine.FieldTypes.FirstOrDefault(t => t.FullName == "System.Runtime.CompilerServices.AsyncIteratorMethodBuilder");
        return machine.Builder != null ? machine : null;
    }

    private IEnumerable<TypeReference> FieldTypes => Type.Fields.Select(f => f.FieldType);

    /// <summary>The field that holds what an iterator gives away: the one its <c>Current</c> hands out.</summary>
    public FieldDefinition? Current => Type.Methods
        .FirstOrDefault(m => m.HasBody && m.Overrides.Any(o => o.Name == "get_Current" && o.DeclaringType is GenericInstanceType))?
        .Body.Instructions.Select(i => i.OpCode.Code == Code.Ldfld ? WatchedMembers.Definition((FieldReference)i.Operand) : null).FirstOrDefault(f => f != null);

    /// <summary>What a method of the type is to it.</summary>
    public StateMachinePart PartOf(MethodDefinition method)
    {
        if (method == KickOff)
            return StateMachinePart.KickOff;
        if (method == MoveNext)
            return StateMachinePart.MoveNext;
        if (Kind == StateMachineKind.Iterator && method.Name.EndsWith("Dispose", StringComparison.Ordinal) && method.Parameters.Count == 0)
            return StateMachinePart.Dispose;
        return SiteTableBuilder.FirstSequencePoint(method) != null ? StateMachinePart.Other : StateMachinePart.None;
    }

    /// <summary>The field that holds a parameter of the source, or <see langword="null"/> where its code does not use it.</summary>
    public FieldDefinition? FieldOf(ParameterDefinition parameter) =>
        Type.Fields.FirstOrDefault(f => f.Name == parameter.Name || f.Name == "$VB$Local_" + parameter.Name);

    /// <summary>Whether a state machine's or a closure's field holds the <c>this</c> of the source.</summary>
    public static bool HoldsThis(FieldDefinition field) => field.Name is "<>4__this" or "$VB$Me";

    /// <summary>Gives the type its field for the traced invocation.</summary>
    public void Prepare(RuntimeReferences runtime)
    {
        Frame = new FieldDefinition(FrameName, FieldAttributes.Assembly, runtime.StateMachineFrame);
        Type.Fields.Add(Frame);
    }

    /// <summary>A field as the type's own methods name it.</summary>
    public FieldReference FromWithin(FieldDefinition field) =>
        Type.HasGenericParameters ? new FieldReference(field.Name, field.FieldType, GenericTypes.SelfInstance(Type)) : field;

    /// <summary>Whether the instruction starts the state machine, which <c>builder.Start(ref stateMachine)</c> does.</summary>
    public bool IsStart(Instruction instruction) => BuilderStarting(instruction) != null;

    private TypeReference? BuilderStarting(Instruction instruction) =>
        instruction.Operand is GenericInstanceMethod { Name: "Start", GenericArguments.Count: 1 } start && start.GenericArguments[0].GetElementType() == Type
            ? start.DeclaringType
            : null;
}
