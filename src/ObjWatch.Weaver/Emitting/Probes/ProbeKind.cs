using System;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>A kind of probe: which methods it concerns, and how the one of a body is made.</summary>
internal sealed class ProbeKind : IProbeKind
{
    private readonly Func<MethodPlan, WeaveRequest, bool> _concerns;

    /// <summary>Describes one.</summary>
    /// <param name="name">A word for it.</param>
    /// <param name="concerns">Whether a method that is to be copied may need such probes.</param>
    /// <param name="create">Makes the one of a body.</param>
    public ProbeKind(string name, Func<MethodPlan, WeaveRequest, bool> concerns, Func<BodyContext, InstructionProbe> create)
    {
        Name = name;
        _concerns = concerns;
        Create = create;
    }

    public string Name { get; }

    /// <summary>Makes the one of a body.</summary>
    public Func<BodyContext, InstructionProbe> Create { get; }

    public bool Concerns(MethodPlan plan, WeaveRequest request) => _concerns(plan, request);
}
