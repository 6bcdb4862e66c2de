using System;
using System.Collections.Generic;

namespace ObjWatch.Recording;

/// <summary>The state of a thread's special calls: the one that is being entered, and the silent ones that are open.</summary>
internal sealed unsafe class SpecialCall
{
    private SilentFrame[] _silent = new SilentFrame[8];

    /// <summary>What is special; null for a silent call.</summary>
    public CallPlan? Plan { get; set; }

    /// <summary>How many values have been handed over.</summary>
    public int Values { get; set; }

    /// <summary>What the record may not pass.</summary>
    public byte* RecordEnd { get; set; }

    /// <summary>The values for the wrapper.</summary>
    public List<KeyValuePair<string, object?>> Arguments { get; } = [];

    /// <summary>How many silent calls are open.</summary>
    public int SilentCount { get; private set; }

    /// <summary>Opens a silent call.</summary>
    /// <returns>Its token.</returns>
    public int Push(int line, int frames)
    {
        // What was left without an end belongs to frames that are gone.
        while (SilentCount > 0 && _silent[SilentCount - 1].Frames > frames)
            SilentCount--;
        if (SilentCount == _silent.Length)
            Array.Resize(ref _silent, SilentCount * 2);
        _silent[SilentCount] = new SilentFrame { CallerLine = line, Frames = frames };
        return FrameToken.Silent | SilentCount++;
    }

    /// <summary>An open silent call, once those above it are closed.</summary>
    public SilentFrame Top(int token)
    {
        SilentCount = Math.Min(SilentCount, FrameToken.NumberOf(token) + 1);
        return SilentCount == 0 ? default : _silent[SilentCount - 1];
    }

    /// <summary>Closes a silent call and those above it.</summary>
    public SilentFrame Pop(int token)
    {
        SilentFrame frame = Top(token);
        SilentCount = Math.Max(0, SilentCount - 1);
        return frame;
    }
}
