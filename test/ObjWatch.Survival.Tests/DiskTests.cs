using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary>What happens to the disk is no concern of the program, and loses nothing that the disk could hold.</summary>
[TestFixture]
[Platform("Linux", Reason = "Small file systems are mounted as Linux does it.")]
internal sealed class DiskTests : SurvivalFixture
{
    private bool _mounted;

    [TearDown]
    public void Unmount()
    {
        if (_mounted)
            ProgramRunner.RunProcess("umount", ["-l", Folder]);
        _mounted = false;
    }

    // Too small for the first part of a trace (4 MiB); for one, two and three parts, with and without some room to spare.
    [TestCase(3_000)]
    [TestCase(4_104)]
    [TestCase(6_000)]
    [TestCase(8_196)]
    [TestCase(8_204)]
    [TestCase(12_800)]
    public void A_full_disk_stops_the_recording_and_not_the_program(int kibibytes)
    {
        Mount($"size={kibibytes}k");
        using var subject = new Subject(Trace, "join", most: 150_000);

        Assert.That(subject.WaitForExit(), Is.Zero);
        if (kibibytes < 4_096)
        {
            Assert.That(subject.Errors, Does.StartWith("objwatch: error OBJW1102: nothing is recorded: "));
            Assert.That(Directory.GetFiles(Folder), Is.Empty);
            return;
        }

        PlainTrace trace = AssertNothingLost(Trace, subject.Progress.Snapshot());
        Assert.That(trace.Closed, Is.True);
        string[] errors = subject.Errors.TrimEnd().Split('\n');
        Assert.That(errors, Has.Length.EqualTo(3));
        Assert.That(errors[0], Does.StartWith("objwatch: error OBJW1103: recording stops, the program goes on: "));
        Assert.That(errors[1], Does.Match("^objwatch: error OBJW1103: at least [1-9][0-9]* events were not recorded: "));
        long found = trace.Threads.Values.Sum(stream => stream.Count);
        Assert.That(errors[2], Is.EqualTo($"objwatch: {found} events -> {Trace}"));
        // Everything that was ready has been used, but for the ends of the threads' last chunks.
        long ready = (kibibytes - 4) / 4_096 * 64L * 65_536;
        Assert.That(found * 36, Is.GreaterThan(ready - (2 + 2 * SurvivalProgram.Workers) * 65_536));
    }

    [Test]
    public void Where_the_text_finds_no_room_the_trace_stays()
    {
        Mount("size=9000k");
        string text = Path.Combine(Folder, "run.objwatch");
        using var subject = new Subject(text, "join", most: 150_000);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(subject.Errors, Does.Contain("error OBJW11"));
        string trace = text + ".objtrace";
        AssertNothingLost(trace, subject.Progress.Snapshot());
        Assert.That(subject.LastError, Does.EndWith($"-> {text}, {trace}"));
    }

    [Test]
    public void A_file_system_that_may_not_be_written_to_is_named_and_the_program_runs()
    {
        Mount("size=1m,ro");
        using var subject = new Subject(Trace, "join", most: 1_000);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(subject.Errors.TrimEnd(),
            Does.Match($"^objwatch: error OBJW1102: nothing is recorded: .*Read-only file system.*{Trace}.*$"));
        Assert.That(subject.Progress.Total, Is.Zero);
    }

    [Test]
    public void A_trace_that_is_deleted_is_written_to_its_end_and_missed()
    {
        using var subject = new Subject(Trace, "input", most: 1_000_000);
        subject.WaitFor(50_000);
        File.Delete(Trace);
        subject.WaitFor(SurvivalProgram.Workers * 1_000_000);
        int[] reported = subject.Progress.Snapshot();
        (string path, _) = subject.OpenFiles().First(file => file.Target.StartsWith(Trace, StringComparison.Ordinal));
        AssertNothingLost(path, reported);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(reported.Sum(), Is.EqualTo(SurvivalProgram.Workers * 1_000_000));
        Assert.That(subject.Errors, Does.StartWith($"objwatch: warning OBJW1152: {Trace} is no longer there: "));
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
    }

    [Test]
    public void A_text_does_not_need_the_name_of_its_trace()
    {
        string text = Path.Combine(Folder, "run.objwatch");
        using var subject = new Subject(text, "input", most: 50_000);
        subject.WaitFor(50_000);
        File.Delete(text + ".objtrace");

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(subject.Errors.TrimEnd(), Does.Match($"^objwatch: [0-9]+ events -> {text}$"));
        Assert.That(EventLines.Of(text).Count(), Is.GreaterThanOrEqualTo(subject.Progress.Total));
    }

    private void Mount(string options)
    {
        ProcessResult mount = ProgramRunner.RunProcess("mount", ["-t", "tmpfs", "-o", options, "objwatch-test", Folder]);
        if (mount.ExitCode != 0)
            Assert.Ignore($"A small file system is needed, and only root may mount one: {mount.Error}");
        _mounted = true;
    }
}
