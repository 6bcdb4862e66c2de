using System.Collections.Generic;
using System.Linq;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>What may be written at some place of a method.</summary>
internal sealed record Scope
{
    /// <summary>The fields, properties, parameters and locals there are.</summary>
    public required IReadOnlyList<Variable> Variables { get; init; }

    /// <summary>Methods <c>int M(int, string)</c> that may be called.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Methods <c>async Task&lt;int&gt; M(int)</c>.</summary>
    public IReadOnlyList<string> AsyncMethods { get; init; } = [];

    /// <summary>Iterators <c>IEnumerable&lt;int&gt; M(int)</c>.</summary>
    public IReadOnlyList<string> Iterators { get; init; } = [];

    /// <summary>Methods <c>static int M(ref int, int, string, TextWriter)</c>.</summary>
    public IReadOnlyList<string> ReferenceMethods { get; init; } = [];

    /// <summary>Whether there is a <c>this</c>.</summary>
    public bool HasThis { get; init; }

    /// <summary>Whether <c>await</c> may be written.</summary>
    public bool MayAwait { get; init; }

    /// <summary>Whether <c>yield return</c> may be written.</summary>
    public bool MayYield { get; init; }

    /// <summary>Whether the method is async or an iterator, where no pointers to locals may be made.</summary>
    public bool InStateMachine { get; init; }

    /// <summary>What returns from here: <c>return {0};</c>, <c>yield break;</c>; <see langword="null"/> in a finally block.</summary>
    public string? Return { get; init; } = "return {0};";

    /// <summary>Whether <c>break</c> and <c>continue</c> may be written.</summary>
    public bool InLoop { get; init; }

    /// <summary>Whether <c>throw;</c> may be written.</summary>
    public bool InCatch { get; init; }

    /// <summary>Whether this is a filter, where no spread may be written.</summary>
    public bool InFilter { get; init; }

    /// <summary>Whether spans may live here: not in lambdas, handlers and state machines.</summary>
    public bool MayUseStack { get; init; } = true;

    /// <summary>How deep statements are nested.</summary>
    public int Depth { get; init; }

    /// <summary>The variables of a type.</summary>
    public List<Variable> Of(Kind kind) => Variables.Where(variable => variable.Kind == kind).ToList();

    /// <summary>The variables of a type that may be stored to.</summary>
    public List<Variable> Stored(Kind kind) => Variables.Where(variable => variable.Kind == kind && variable.CanStore).ToList();

    /// <summary>The same in a lambda.</summary>
    public Scope Captured() => this with
        { Variables = Variables.Where(variable => variable.Place != Place.Reference).ToList(), MayAwait = false, InStateMachine = false };

    /// <summary>The same with another variable.</summary>
    public Scope With(Variable variable) => this with { Variables = [.. Variables, variable] };
}
