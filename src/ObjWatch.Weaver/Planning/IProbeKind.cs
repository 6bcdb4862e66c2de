namespace ObjWatch.Weaver.Planning;

/// <summary>A kind of probe, as plans name it.</summary>
internal interface IProbeKind
{
    /// <summary>A word for it.</summary>
    string Name { get; }

    /// <summary>Whether a method that is to be copied may need such probes.</summary>
    /// <param name="plan">What else is to be done with the method.</param>
    /// <param name="request">What was asked for.</param>
    bool Concerns(MethodPlan plan, WeaveRequest request);
}
