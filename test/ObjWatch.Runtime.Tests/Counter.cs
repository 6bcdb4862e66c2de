using System;
using System.Collections.Generic;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>A class as the weaver would leave it, woven by hand.</summary>
internal sealed class Counter
{
    private int _value;
    private int _size;

    public List<int> Items { get; set; } = [];

    /// <summary>Stands for the auto-property Size: its store is reported at the caller's line.</summary>
    public int Size
    {
        get => _size;
        set
        {
            ThreadRecorder? recorder;
            if (WovenSites.IsOpen(WovenSites.Size) && (recorder = Probe.Attach()) != null)
                Probe.UpdateProperty(recorder, WovenSites.Size, this, _size, value);
            _size = value;
        }
    }

    /// <summary>Stores the number; may do more before it returns.</summary>
    public int Next(int n, Action? more = null)
    {
        ThreadRecorder? recorder;
        if (!WovenSites.IsOpen(WovenSites.Next) || (recorder = Probe.Enter(WovenSites.Next)) == null)
        {
            _value = n;
            more?.Invoke();
            return n;
        }

        Probe.ArgumentReference(recorder, this);
        Probe.Argument(recorder, n);
        int frame = Probe.Entered(recorder);
        try
        {
            recorder.Line = 12;
            Probe.Update(recorder, WovenSites.Value, this, _value, n);
            _value = n;
            recorder.Line = 13;
            more?.Invoke();
            Look(recorder);
            Probe.EndValue(recorder, frame, n);
            return n;
        }
        catch (Exception exception)
        {
            Probe.EndException(recorder, frame, exception);
            throw;
        }
    }

    /// <summary>Looks at the list's length.</summary>
    public void Look(ThreadRecorder recorder) =>
        Probe.Length(recorder, Probe.StateOf(recorder, this), WovenSites.Items, WovenSites.Items, Items);
}
