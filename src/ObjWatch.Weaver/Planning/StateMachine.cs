using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Planning;

/// <summary>The type into which a compiler has turned an async method or an iterator.</summary>
internal sealed class StateMachine
{
    private const string AsyncIteratorBuilder = "System.Runtime.CompilerServices.AsyncIteratorMethodBuilder";

    private StateMachine(MethodDefinition kickOff, StateMachineKind kind, MethodDefinition moveNext, TypeReference? builder)
    {
        KickOff = kickOff;
        Type = moveNext.DeclaringType;
        Kind = kind;
        MoveNext = moveNext;
        Builder = builder;
    }

    /// <summary>The method of the source.</summary>
    public MethodDefinition KickOff { get; }

    /// <summary>The state machine's type: a struct in optimised C#, else a class.</summary>
    public TypeDefinition Type { get; }

    public StateMachineKind Kind { get; }

    public MethodDefinition MoveNext { get; }

    /// <summary>Of an async method: the type that makes its task.</summary>
    public TypeReference? Builder { get; }

    /// <summary>The field that holds the <c>this</c> of the source, or <see langword="null"/> where its code does not use one.</summary>
    public FieldDefinition? This => Type.Fields.FirstOrDefault(HoldsThis);

    /// <summary>The field that says how far it has come.</summary>
    public FieldDefinition? State => Type.Fields.FirstOrDefault(f => f.Name is "<>1__state" or "$State");

    /// <summary>The value of <see cref="State"/> before an iterator's first step: 0, of an async one -3 (StateMachineState in
    /// dotnet/roslyn).</summary>
    public int InitialState => Kind == StateMachineKind.AsyncIterator ? -3 : 0;

    /// <summary>The state machine that the method begins, by the attribute that says so; <see langword="null"/> where there is
    /// none.</summary>
    public static StateMachine? Of(MethodDefinition kickOff)
    {
        if (SourceMembers.StateMachineAttribute(kickOff) is not { } attribute
            || SourceMembers.StateMachineMethod(kickOff) is not { HasBody: true } moveNext)
            return null;
        StateMachineKind kind = attribute.AttributeType.Name switch
        {
            "IteratorStateMachineAttribute" => StateMachineKind.Iterator,
            "AsyncIteratorStateMachineAttribute" => StateMachineKind.AsyncIterator,
            _ => StateMachineKind.Async,
        };
        TypeDefinition type = moveNext.DeclaringType;
        TypeReference? builder = kind switch
        {
            StateMachineKind.Async =>
                kickOff.Body.Instructions.Select(instruction => BuilderStarting(type, instruction)).FirstOrDefault(b => b != null),
            StateMachineKind.AsyncIterator => type.Fields.Select(f => f.FieldType).FirstOrDefault(t => t.FullName == AsyncIteratorBuilder),
            _ => null,
        };
        var machine = new StateMachine(kickOff, kind, moveNext, builder);
        return (kind == StateMachineKind.Iterator ? machine.Current != null : builder != null) ? machine : null;
    }

    /// <summary>The field that holds what an iterator gives away: the one its <c>Current</c> hands out.</summary>
    public FieldDefinition? Current => Type.Methods
        .FirstOrDefault(m => m.HasBody && m.Overrides.Any(o => o.Name == "get_Current" && o.DeclaringType is GenericInstanceType))?
        .Body.Instructions.Select(i => i.OpCode.Code == Code.Ldfld ? WatchedMembers.Definition((FieldReference)i.Operand) : null)
        .FirstOrDefault(f => f != null);

    /// <summary>What a method of the type is to it.</summary>
    public StateMachinePart PartOf(MethodDefinition method)
    {
        if (method == KickOff)
            return StateMachinePart.KickOff;
        if (method == MoveNext)
            return StateMachinePart.MoveNext;
        if (Kind == StateMachineKind.Iterator && method.Name.EndsWith("Dispose", StringComparison.Ordinal) && method.Parameters.Count == 0)
            return StateMachinePart.Dispose;
        return SourceLines.First(method) != null ? StateMachinePart.Other : StateMachinePart.None;
    }

    /// <summary>The field that holds a parameter of the source, or <see langword="null"/> where its code does not use it.</summary>
    public FieldDefinition? FieldOf(ParameterDefinition parameter) =>
        Type.Fields.FirstOrDefault(f => f.Name == parameter.Name || f.Name == "$VB$Local_" + parameter.Name);

    /// <summary>Whether a state machine's or a closure's field holds the <c>this</c> of the source.</summary>
    public static bool HoldsThis(FieldDefinition field) => field.Name is "<>4__this" or "$VB$Me";

    /// <summary>A field as the type's own methods name it.</summary>
    public FieldReference FromWithin(FieldDefinition field) => GenericTypes.FieldOf(GenericTypes.SelfInstance(Type), field);

    /// <summary>Whether the instruction starts the state machine, which <c>builder.Start(ref stateMachine)</c> does.</summary>
    public bool IsStart(Instruction instruction) => BuilderStarting(Type, instruction) != null;

    private static TypeReference? BuilderStarting(TypeDefinition type, Instruction instruction) =>
        instruction.Operand is GenericInstanceMethod { Name: "Start", GenericArguments.Count: 1 } start
            && start.GenericArguments[0].GetElementType() == type
            ? start.DeclaringType
            : null;
}
