using System.ComponentModel;

namespace ObjWatch.Recording;

/// <summary>What one thread records with. Woven code holds it in a local for the length of an invocation.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ThreadRecorder
{
    /// <summary>The line (one-based) this thread is at in the innermost traced method: woven code stores it at each sequence point.</summary>
    public int Line;

    internal ThreadRecorder()
    {
    }

    internal static void ExcludeCurrentThread()
    {
    }
}
