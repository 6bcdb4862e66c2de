using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>A traced call, woven by hand.</summary>
internal static class Call
{
    /// <summary>A call that takes a value and returns it.</summary>
    public static void With<T>(T value)
    {
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        Probe.Argument(recorder, value);
        Probe.EndValue(recorder, Probe.Entered(recorder), value);
    }
}
