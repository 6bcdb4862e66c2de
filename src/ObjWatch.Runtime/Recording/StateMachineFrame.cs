using ObjWatch.Recording;
using System.ComponentModel;

namespace ObjWatch.Woven;

/// <summary>
/// What a state machine remembers of its traced invocation while no thread runs it. The weaver gives each state machine a field of this
/// type, which moves with it from the stack to the heap and from thread to thread. Zero: not traced (yet).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct StateMachineFrame
{
    /// <summary>Where the invocation stands.</summary>
    internal StateMachineStatus Status;

    /// <summary>The session in which <see cref="Depth"/> counts.</summary>
    internal int Session;

    /// <summary>The depth it had when it began, which it keeps on whatever thread it goes on.</summary>
    internal int Depth;

    /// <summary>The line at which it was suspended.</summary>
    internal int Line;
}
