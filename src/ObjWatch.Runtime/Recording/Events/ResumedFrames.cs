using System;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>The open frames of a thread in which a state machine goes on, and what depths counted from before each of them.</summary>
internal sealed class ResumedFrames
{
    private (int Frame, int DepthBase)[] _frames = [];
    private int _count;

    /// <summary>A resumed state machine takes the frame at <paramref name="index"/>: depths count anew from there until it is
    /// left.</summary>
    /// <returns>Whether there was room.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Enter(ThreadRecorder recorder, int index)
    {
        try
        {
            if (_count == _frames.Length)
                Array.Resize(ref _frames, Math.Max(4, _count * 2));
            _frames[_count++] = (index, recorder.DepthBase);
            return true;
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
            return false;
        }
    }

    /// <summary>Depths count as before, once the frames are gone.</summary>
    public void Leave(ThreadRecorder recorder)
    {
        while (_count > 0 && _frames[_count - 1].Frame >= recorder.FrameCount)
        {
            (int frame, int depthBase) = _frames[--_count];
            // One that was entered in an earlier session says nothing of the depths in this one.
            if (frame >= recorder.OldFrames)
                recorder.DepthBase = depthBase;
        }
    }
}
