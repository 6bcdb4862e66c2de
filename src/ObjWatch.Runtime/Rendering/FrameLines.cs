using System;

namespace ObjWatch.Rendering;

/// <summary>The open invocations of one thread: how deep it is, and from which line each was called.</summary>
internal sealed class FrameLines
{
    // Deeper than any real stack; a trace that claims more must not make lines of gigabytes.
    private const int Deepest = 64 * 1024;

    private const int Unknown = -1;

    private int[] _lines = new int[16];

    /// <summary>The number of open invocations: the depth of an event in the innermost one.</summary>
    public int Open { get; private set; }

    /// <summary>A depth as it is shown.</summary>
    public static int Limit(uint depth) => (int)Math.Min(depth, Deepest);

    /// <summary>Notes that an invocation began.</summary>
    /// <returns>The depth of its line.</returns>
    public int Enter(uint depth, int line)
    {
        int index = Limit(depth);
        if (index >= _lines.Length)
            Array.Resize(ref _lines, Math.Max(_lines.Length * 2, index + 1));
        for (int i = Open; i < index; i++)
            _lines[i] = Unknown;
        _lines[index] = line;
        Open = index + 1;
        return index;
    }

    /// <summary>Notes that an invocation ended.</summary>
    /// <param name="depth">Its depth.</param>
    /// <param name="otherwise">The line to show if its beginning was not seen.</param>
    /// <param name="line">The line it was called from.</param>
    /// <returns>The depth of its line.</returns>
    public int Leave(uint depth, int otherwise, out int line)
    {
        int index = Limit(depth);
        line = index < Open && _lines[index] != Unknown ? _lines[index] : otherwise;
        Open = index;
        return index;
    }
}
