using System;
using System.Collections.Generic;

namespace ObjWatch.Recording.Events;

/// <summary>The state of a thread's filtered calls: the one that is being entered, and the silent ones that are open.</summary>
internal sealed unsafe class FilteredCall
{
    private SilentFrame[] _silent = new SilentFrame[8];

    /// <summary>What its filters are; null for a silent call.</summary>
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

    /// <summary>Finds an open silent call; those above it are closed.</summary>
    /// <returns>Whether it is still open.</returns>
    public bool TryFind(int token, out SilentFrame frame)
    {
        int number = FrameToken.NumberOf(token);
        frame = default;
        if (number >= SilentCount)
            return false;
        SilentCount = number + 1;
        frame = _silent[number];
        return true;
    }

    /// <summary>Closes a silent call and those above it.</summary>
    /// <returns>Whether it was still open.</returns>
    public bool TryClose(int token, out SilentFrame frame)
    {
        if (!TryFind(token, out frame))
            return false;
        SilentCount--;
        return true;
    }
}
