using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Verifying;

/// <summary>
/// Checks every woven body before anything is written: what is not sound is to be seen while building, and not to be an
/// InvalidProgramException in somebody's program.
/// </summary>
internal static class BodyVerifier
{
    /// <summary>Checks woven methods.</summary>
    /// <param name="woven">Each method as it was read, and the one that holds its probes.</param>
    /// <returns>Those that are not sound, and why.</returns>
    public static IReadOnlyList<UnsoundBody> Verify(IEnumerable<(MethodDefinition Original, MethodDefinition Host)> woven)
    {
        var unsound = new List<UnsoundBody>();
        foreach ((MethodDefinition original, MethodDefinition host) in woven)
        {
            // Where the probes have a method of their own, the original is what the compiler wrote behind a few instructions. The copy is
            // no witness of it: what is left on the stack at a return goes unnoticed there, because the copy's returns leave a try block.
            if ((StackWalk.FindFault(host) ?? (original != host ? StackWalk.FindFault(original) : null)) is { } fault)
                unsound.Add(new UnsoundBody(original, fault));
        }

        return unsound;
    }
}
