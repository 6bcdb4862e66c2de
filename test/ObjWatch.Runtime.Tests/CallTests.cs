using System;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>run and end: their order, depth and lines.</summary>
[NonParallelizable]
public sealed class CallTests
{
    [Test]
    public void Calls_nest_and_carry_the_callers_line()
    {
        using var recording = new Recording();
        var outer = new Counter();
        var inner = new Counter();
        outer.Next(1, () => inner.Next(2));

        Assert.That(recording.Stop(), Is.EqualTo(new[]
        {
            $"   10 run Tests.Counter.Next <- 'this':{Name(outer)}, 'n':1",
            $"   12   upd Counter.value 0 -> 1 {Id(outer)}",
            $"   13   run Tests.Counter.Next <- 'this':{Name(inner)}, 'n':2",
            $"   12     upd Counter.value 0 -> 2 {Id(inner)}",
            "   13   end Tests.Counter.Next -> 2",
            "   10 end Tests.Counter.Next -> 1",
        }));
    }

    [Test]
    public void An_exception_ends_each_frame_it_leaves()
    {
        using var recording = new Recording();
        var counter = new Counter();
        Assert.That(
            () => counter.Next(1, () => counter.Next(2, () => throw new InvalidOperationException("no more"))),
            Throws.InvalidOperationException);

        Assert.That(Ends(recording), Is.EqualTo(new[]
        {
            "   13   end Tests.Counter.Next -> !InvalidOperationException: no more",
            "   10 end Tests.Counter.Next -> !InvalidOperationException: no more",
        }));
    }

    [Test]
    public void Frames_left_without_an_end_are_closed_where_the_exception_is_caught()
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Enter(out int outer);
        Enter(out _);
        Enter(out _);
        Probe.Caught(recorder, outer, new InvalidOperationException("caught"));
        Probe.EndValue(recorder, outer, 7);

        Assert.That(Ends(recording), Is.EqualTo(new[]
        {
            "   20     end Tests.Program.Take -> !InvalidOperationException: caught",
            "   20   end Tests.Program.Take -> !InvalidOperationException: caught",
            "   20 end Tests.Program.Take -> 7",
        }));
    }

    [Test]
    public void Frames_left_without_an_end_are_closed_by_the_end_below_them()
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Enter(out int outer);
        Enter(out _);
        Probe.End(recorder, outer, opaque: false);
        Enter(out int next);
        Probe.End(recorder, next, opaque: true);

        string[] ends = Ends(recording);
        Assert.That(ends, Has.Length.EqualTo(3));
        Assert.That(ends[0], Does.StartWith("   20   end Tests.Program.Take -> "));
        Assert.That(ends[1], Does.StartWith("   20 end Tests.Program.Take -> void"));
        Assert.That(ends[2], Does.StartWith("   20 end Tests.Program.Take -> "));
    }

    [Test]
    public void Ending_a_frame_twice_records_one_end()
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Enter(out int frame);
        Probe.EndValue(recorder, frame, 1);
        Probe.EndValue(recorder, frame, 1);

        Assert.That(Ends(recording), Has.Length.EqualTo(1));
    }

    [Test]
    public void Deep_recursion_is_recorded_to_the_last_frame()
    {
        using var recording = new Recording();
        const int Depth = 3000;
        var frames = new int[Depth];
        ThreadRecorder recorder = Probe.Attach()!;
        for (int i = 0; i < Depth; i++)
            Enter(out frames[i]);
        for (int i = Depth - 1; i >= 0; i--)
            Probe.EndValue(recorder, frames[i], i);

        string[] lines = recording.Stop();
        Assert.That(lines.Count(line => line.Contains(" run ")), Is.EqualTo(Depth));
        Assert.That(lines.Count(line => line.Contains(" end ")), Is.EqualTo(Depth));
        Assert.That(lines[^1], Is.EqualTo("   20 end Tests.Program.Take -> 0"));
    }

    [Test]
    public void What_is_called_while_a_run_is_recorded_is_not_traced()
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        Assert.That(Probe.Enter(WovenSites.Take), Is.Null);
        Assert.That(Probe.Attach(), Is.Null);
        Assert.That(Probe.EnterConstructor(WovenSites.BaseConstructor, reserve: true), Is.Null);
        Probe.Argument(recorder, 5);
        Probe.EndValue(recorder, Probe.Entered(recorder), 6);

        Assert.That(Recording.Events(recording.Stop()),
            Is.EqualTo(new[] { "run Tests.Program.Take <- 'value':5", "end Tests.Program.Take -> 6" }));
    }

    [Test]
    public void Threads_of_our_own_are_not_traced()
    {
        using var recording = new Recording();
        ThreadRecorder? seen = null;
        var thread = new System.Threading.Thread(() =>
        {
            ThreadRecorder.ExcludeCurrentThread();
            seen = Probe.Enter(WovenSites.Take);
        });
        thread.Start();
        thread.Join();

        Assert.That(seen, Is.Null);
    }

    private static ThreadRecorder Enter(out int frame)
    {
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        Probe.ArgumentReference(recorder, null);
        frame = Probe.Entered(recorder);
        recorder.Line = 20;
        return recorder;
    }

    private static string[] Ends(Recording recording) => recording.Stop().Where(line => line.Contains(" end ")).ToArray();

    private static string Name(object instance) => "Counter" + Id(instance);

    private static string Id(object instance) => "#" + TraceFormat.ObjectNumber(Values.Objects.ObjectTable.StateOf(instance).Identity);
}
