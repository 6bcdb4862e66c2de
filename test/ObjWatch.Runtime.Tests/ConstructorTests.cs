using System.Linq;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Values.Objects;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>Constructors: an object has one number from its outermost constructor on.</summary>
[NonParallelizable]
public sealed class ConstructorTests
{
    [Test]
    public void Chained_constructors_build_one_object()
    {
        using var recording = new Recording();
        var instance = new object();
        ThreadRecorder derived = Probe.EnterConstructor(WovenSites.DerivedConstructor, reserve: true)!;
        int derivedFrame = Probe.Entered(derived);
        Probe.Chain(derived, derivedFrame, WovenSites.BaseConstructor);
        ThreadRecorder inner = Probe.EnterConstructor(WovenSites.BaseConstructor, reserve: true)!;
        int baseFrame = Probe.Entered(inner);
        Probe.Constructed(inner, baseFrame, instance);
        Probe.End(inner, baseFrame, opaque: false);
        Probe.Constructed(derived, derivedFrame, instance);
        Probe.End(derived, derivedFrame, opaque: false);

        long number = Number(instance);
        Assert.That(Runs(recording), Is.EqualTo(new[]
        {
            $"run Tests.Derived..ctor <- 'this':Derived#{number}",
            $"run Tests.Base..ctor <- 'this':Derived#{number}",
        }));
    }

    [Test]
    public void Another_object_made_on_the_way_is_another_object()
    {
        using var recording = new Recording();
        ThreadRecorder derived = Probe.EnterConstructor(WovenSites.DerivedConstructor, reserve: true)!;
        int derivedFrame = Probe.Entered(derived);
        Probe.Chain(derived, derivedFrame, WovenSites.BaseConstructor);
        Take(derived);
        ThreadRecorder other = Probe.EnterConstructor(WovenSites.BaseConstructor, reserve: true)!;
        int otherFrame = Probe.Entered(other);
        Probe.End(other, otherFrame, opaque: false);
        Probe.End(derived, derivedFrame, opaque: false);

        string[] runs = Runs(recording);
        Assert.That(runs[0], Does.StartWith("run Tests.Derived..ctor <- 'this':Derived#"));
        Assert.That(runs[2], Does.StartWith("run Tests.Base..ctor <- 'this':Base#"));
        Assert.That(runs[2].Split('#')[1], Is.Not.EqualTo(runs[0].Split('#')[1]));
    }

    [Test]
    public void A_chained_call_that_was_not_traced_does_not_name_a_later_object()
    {
        using var recording = new Recording();
        ThreadRecorder derived = Probe.EnterConstructor(WovenSites.DerivedConstructor, reserve: true)!;
        int derivedFrame = Probe.Entered(derived);
        Probe.Chain(derived, derivedFrame, WovenSites.BaseConstructor);
        Probe.Constructed(derived, derivedFrame, new object());
        ThreadRecorder other = Probe.EnterConstructor(WovenSites.BaseConstructor, reserve: true)!;
        Probe.End(other, Probe.Entered(other), opaque: false);
        Probe.End(derived, derivedFrame, opaque: false);

        Assert.That(Runs(recording)[1], Does.StartWith("run Tests.Base..ctor <- 'this':Base#"));
    }

    [Test]
    public void A_number_the_object_already_has_stays()
    {
        using var recording = new Recording();
        var instance = new object();
        long before = Number(instance);
        ThreadRecorder recorder = Probe.EnterConstructor(WovenSites.BaseConstructor, reserve: true)!;
        int frame = Probe.Entered(recorder);
        Probe.Constructed(recorder, frame, instance);
        Probe.End(recorder, frame, opaque: false);

        Assert.That(Number(instance), Is.EqualTo(before));
    }

    private static void Take(ThreadRecorder recorder)
    {
        ThreadRecorder taken = Probe.Enter(WovenSites.Take)!;
        Probe.Argument(taken, 1);
        Probe.EndValue(recorder, Probe.Entered(taken), 1);
    }

    private static string[] Runs(Recording recording) =>
        Recording.Events(recording.Stop()).Where(line => line.StartsWith("run", System.StringComparison.Ordinal)).ToArray();

    private static long Number(object instance) => TraceFormat.ObjectNumber(ObjectTable.StateOf(instance).Identity);
}
