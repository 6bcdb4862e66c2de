namespace ObjWatch.Weaver.Planning;

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
