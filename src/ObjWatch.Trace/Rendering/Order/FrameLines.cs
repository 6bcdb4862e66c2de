using System;

namespace ObjWatch.Trace.Rendering;

/// <summary>The open invocations of one thread: how deep each is, and from which line it was called.</summary>
/// <remarks>Depths need not go up by one: a state machine that is resumed keeps the depth it began with, whatever runs around it.</remarks>
internal sealed class FrameLines
{
    /// <summary>The time of the thread's last event that has one.</summary>
    public ulong Ticks { get; set; }

    // Deeper than any real stack; a trace that claims more must not make lines of gigabytes.
    private const int Deepest = 64 * 1024;

    private const int Unknown = -1;

    private Invocation[] _invocations = new Invocation[16];
    private int _count;

    /// <summary>The depth of an event in the innermost invocation.</summary>
    public int Open { get; private set; }

    /// <summary>How many invocations the last change found to have ended though their ends were not recorded.</summary>
    public int Ended { get; private set; }

    /// <summary>Whether the last invocation that was left had been seen to begin.</summary>
    public bool WasOpen { get; private set; }

    /// <summary>Notes that an invocation began.</summary>
    /// <returns>The depth of its line.</returns>
    public int Enter(uint depth, int line)
    {
        int index = (int)Math.Min(depth, Deepest);
        int before = _count;
        // Whatever is as deep or deeper has ended, though its end was not recorded.
        while (_count > 0 && _invocations[_count - 1].Depth >= index && Open > index)
            _count--;
        Ended = before - _count;
        return Push(index, line, outside: index);
    }

    /// <summary>Notes that a state machine goes on.</summary>
    /// <returns>The depth of its line.</returns>
    public int Resume(uint depth)
    {
        Ended = 0;
        return Push((int)Math.Min(depth, Deepest), Unknown, outside: Open);
    }

    /// <summary>Notes that an invocation ended, or was suspended.</summary>
    /// <param name="depth">Its depth.</param>
    /// <param name="otherwise">The line to show if it is not known from where it was called.</param>
    /// <param name="line">The line it was called from.</param>
    /// <returns>The depth of its line.</returns>
    public int Leave(uint depth, int otherwise, out int line)
    {
        int index = (int)Math.Min(depth, Deepest);
        int before = _count;
        while (_count > 0 && _invocations[_count - 1].Depth > index)
            _count--;
        Ended = before - _count;
        WasOpen = _count > 0 && _invocations[_count - 1].Depth == index;
        line = otherwise;
        Open = index;
        if (WasOpen)
        {
            Invocation left = _invocations[--_count];
            Open = left.Outside;
            if (left.Line != Unknown)
                line = left.Line;
        }

        return index;
    }

    private int Push(int depth, int line, int outside)
    {
        // Only a damaged trace has more: each call that is open goes one deeper, and none that is resumed stays.
        if (_count >= 2 * Deepest)
        {
            Ended += _count;
            _count = 0;
        }

        if (_count == _invocations.Length)
            Array.Resize(ref _invocations, _invocations.Length * 2);
        _invocations[_count++] = new Invocation { Depth = depth, Line = line, Outside = outside };
        Open = depth + 1;
        return depth;
    }

    private struct Invocation
    {
        public int Depth;
        public int Line;

        /// <summary>The depth of an event once the invocation has been left.</summary>
        public int Outside;
    }
}
