using System.Collections.Generic;
using Mono.Cecil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Planning;

/// <summary>What is to be done with a method, and why.</summary>
/// <param name="Method">The method.</param>
/// <param name="Treatment">What to do.</param>
/// <param name="Reason">The reason code of the report.</param>
internal sealed record MethodPlan(MethodDefinition Method, MethodTreatment Treatment, string Reason)
{
    /// <summary>Whether its stores are reported at the caller's line: an auto-property's accessor has no line worth telling.</summary>
    public bool AtCallersLine { get; init; }

    /// <summary>The state machine that the method begins or is a part of, where that is traced.</summary>
    public StateMachine? Machine { get; init; }

    /// <summary>As what.</summary>
    public StateMachinePart Part { get; init; }

    /// <summary>Whether the body of the state machine is left as it is, so that the method is traced as one that only begins
    /// something.</summary>
    public bool MachineIsLeft { get; init; }

    /// <summary>Where the copy with the probes is to stand.</summary>
    public BodyPlacement Placement { get; init; }

    /// <summary>The kinds of probes that its copy is to have.</summary>
    public IReadOnlyList<IProbeKind> Probes { get; init; } = [];

    /// <summary>Whether the current line is kept, so that what is called from here can tell it.</summary>
    public bool KeepsLine => Traced || Part == StateMachinePart.Other;

    /// <summary>Whether run and end are recorded.</summary>
    public bool Traced => Treatment == MethodTreatment.Trace;

    /// <summary>The method of the source, which the trace names.</summary>
    public MethodDefinition InSource => Machine?.KickOff ?? Method;

    /// <summary>Whether the method builds an object. A struct's constructor fills a place that has no identity.</summary>
    public bool IsClassConstructor => Method.IsConstructor && !Method.IsStatic && !Method.DeclaringType.IsValueType;

    /// <summary>Whether there is a <c>this</c> to show: not in the constructor of a struct, which has yet to give it a value,
    /// and not in a lambda, where it is the compiler's closure.</summary>
    public bool HasObject => InSource.HasThis && !(InSource.IsConstructor && InSource.DeclaringType.IsValueType)
        && !SourceMembers.IsGenerated(InSource.DeclaringType);
}
