using System.Collections.Generic;
using Mono.Cecil;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Weaving;

namespace ObjWatch.Weaver.Verifying;

/// <summary>
/// Checks every woven body before anything is written: what is not sound is to be seen while building, and not to be an InvalidProgramException in
/// somebody's program.
/// </summary>
internal sealed class BodyVerifier
{
    private readonly Obstacles _obstacles;

    public BodyVerifier(Obstacles obstacles) => _obstacles = obstacles;

    /// <summary>Checks woven methods; each that is not sound is an obstacle.</summary>
    /// <param name="woven">Each method as it was read, and the one that holds its probes.</param>
    public void Verify(IEnumerable<(MethodDefinition Source, MethodDefinition Body)> woven)
    {
        foreach ((MethodDefinition source, MethodDefinition body) in woven)
        {
            // Where the probes have a method of their own, the source's is what the compiler wrote behind a few instructions. The copy is no witness of it: what is
            // left on the stack at a return goes unnoticed there, because the copy's returns leave a try block.
            string? fault = StackWalk.FindFault(body) ?? (source != body ? StackWalk.FindFault(source) : null);
            if (fault != null)
                _obstacles.IsUnsound(source, fault);
        }
    }
}
