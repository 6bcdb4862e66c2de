using System;

namespace ObjWatch.Rendering;

/// <summary>
/// The calls of one thread that are open, each with its depth: which <c>end</c> belongs to which <c>run</c>. Holds also where some of them were not
/// recorded: a call that another one of its depth follows has ended.
/// </summary>
internal sealed class OpenCalls
{
    private int[] _depths = new int[16];
    private long[] _marks = new long[16];

    /// <summary>How many are open.</summary>
    public int Count { get; private set; }

    /// <summary>What <see cref="Enter"/> was given for the innermost one.</summary>
    public long Mark => _marks[Count - 1];

    /// <summary>The innermost one that is not inside a call of this depth has ended without saying so: how many are there?</summary>
    public int CountFrom(int depth)
    {
        int ended = 0;
        while (ended < Count && _depths[Count - 1 - ended] >= depth)
            ended++;
        return ended;
    }

    /// <summary>Whether the innermost one has this depth.</summary>
    public bool IsInnermost(int depth) => Count > 0 && _depths[Count - 1] == depth;

    /// <summary>A call begins inside the innermost one.</summary>
    public void Enter(int depth, long mark = 0)
    {
        if (Count == _depths.Length)
        {
            Array.Resize(ref _depths, 2 * Count);
            Array.Resize(ref _marks, 2 * Count);
        }

        _depths[Count] = depth;
        _marks[Count++] = mark;
    }

    /// <summary>The innermost one ends.</summary>
    public void Leave() => Count--;
}
