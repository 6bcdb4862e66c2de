using System;
using System.Collections.Generic;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>The windows of a chunk whose check does not hold: something in them is not what was recorded.</summary>
internal sealed class WindowChecks
{
    private readonly TraceDamage _damage;
    private readonly List<(int Start, int End)> _bad = [];
    private int _open = -1;

    /// <param name="damage">Where bad windows are counted.</param>
    public WindowChecks(TraceDamage damage) => _damage = damage;

    /// <summary>Whether there is such a window.</summary>
    public bool HasBad => _bad.Count > 0;

    /// <summary>Another chunk begins, with a window.</summary>
    /// <param name="start">Where in the chunk; -1: it has no windows.</param>
    public void Begin(int start)
    {
        _bad.Clear();
        _open = start;
    }

    /// <summary>The open window ends, and another begins.</summary>
    /// <param name="buffer">The chunk.</param>
    /// <param name="end">Where.</param>
    /// <param name="check">What the recorder says its check is; 0: nothing.</param>
    public void Close(byte[] buffer, int end, uint check)
    {
        if (_open >= 0 && check != 0 && end > _open && WindowCheck.Of(new ReadOnlySpan<byte>(buffer, _open, end - _open)) != check)
        {
            _damage.BadWindows++;
            _bad.Add((_open, end));
        }

        _open = end;
    }

    /// <summary>The open window is damaged, which has been counted: what stands in it before the damage cannot be checked.</summary>
    /// <param name="position">Where the damage begins.</param>
    public void Abandon(int position)
    {
        if (_open >= 0)
            _bad.Add((_open, position));
        _open = -1;
    }

    /// <summary>Whether a record is in a window whose check does not hold.</summary>
    public bool IsBad(int position)
    {
        foreach ((int start, int end) in _bad)
        {
            if (position >= start && position < end)
                return true;
        }

        return false;
    }
}
