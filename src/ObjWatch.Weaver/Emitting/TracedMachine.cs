using Mono.Cecil;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting;

/// <summary>A state machine that is being traced: all its methods share one invocation.</summary>
internal sealed class TracedMachine
{
    /// <summary>Describes one.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="frame">The field that remembers the traced invocation.</param>
    /// <param name="site">The number and the site that all its parts share.</param>
    /// <param name="isLeft">Whether its body is left as it is.</param>
    public TracedMachine(StateMachine machine, FieldDefinition frame, MethodSite site, bool isLeft)
    {
        Machine = machine;
        Frame = frame;
        Site = site;
        IsLeft = isLeft;
    }

    /// <summary>The state machine.</summary>
    public StateMachine Machine { get; }

    /// <summary>The field that remembers the traced invocation.</summary>
    public FieldDefinition Frame { get; }

    /// <summary>The number and the site that all its parts share.</summary>
    public MethodSite Site { get; }

    /// <summary>Whether its body is left as it is, so that the method is traced as one that only begins something.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Its body turned out not to be weavable.</summary>
    public void Leave() => IsLeft = true;
}
