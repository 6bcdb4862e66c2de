using System.Collections.Generic;

namespace ObjWatch.Testing;

/// <summary>The calls that are open on one thread of a text trace.</summary>
internal sealed class ThreadCalls
{
    private readonly Stack<(string Method, int Depth, int Outside)> _open = new();

    /// <summary>The depth of the next event.</summary>
    public int Depth { get; private set; }

    /// <summary>A method was entered, or goes on.</summary>
    public void Enter(string method, int depth, int outside)
    {
        _open.Push((method, depth, outside));
        Depth = depth + 1;
    }

    /// <summary>A method was left, or is suspended.</summary>
    /// <returns>Whether it was the innermost.</returns>
    public bool Leave(string method, int depth)
    {
        if (!_open.TryPop(out (string Method, int Depth, int Outside) left))
            return false;
        Depth = left.Outside;
        return left.Method == method && left.Depth == depth;
    }
}
