using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace ObjWatch.Runtime.Tests;

/// <summary>Whose the output files are, and what they may replace.</summary>
public sealed class OutputTests
{
    private string _directory = "";

    private string Trace => Path.Combine(_directory, "run.objtrace");

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("objwatch-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_second_process_writes_beside_the_first()
    {
        using var first = new Child(_directory, ["hold"], "run.objtrace");
        first.WaitFor("ready");
        using var second = new Child(_directory, ["count", "5"], "run.objtrace");
        int secondId = second.Process.Id;
        Assert.That(second.WaitForExit(), Is.Zero);
        Assert.That(first.WaitForExit(), Is.Zero);

        string besides = Path.Combine(_directory, $"run.{secondId}.objtrace");
        Assert.That(second.LastError, Is.EqualTo($"objwatch: 5 events -> {besides}"));
        Assert.That(Recording.Lines(besides), Has.Length.EqualTo(5));
        Assert.That(Recording.Lines(Trace), Has.Length.EqualTo(10));
    }

    [Test]
    public void A_later_process_replaces_what_a_killed_one_left()
    {
        using (var killed = new Child(_directory, ["wait"], "run.objtrace"))
        {
            killed.WaitFor("ready");
            killed.Process.Kill();
            killed.WaitForExit();
        }

        using var later = new Child(_directory, ["count", "5"], "run.objtrace");
        Assert.That(later.WaitForExit(), Is.Zero);
        Assert.That(later.LastError, Is.EqualTo($"objwatch: 5 events -> {Trace}"));
        Assert.That(Recording.Lines(Trace), Has.Length.EqualTo(5));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Only_the_owner_can_read_what_was_recorded()
    {
        using var child = new Child(_directory, ["count", "5"], "run.objwatch;run.objtrace", "umask 0;");
        Assert.That(child.WaitForExit(), Is.Zero);

        string[] files = Directory.GetFiles(_directory);
        Assert.That(files, Has.Length.EqualTo(2));
#pragma warning disable CA1416 // not on Windows, see above
        Assert.That(files.Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
#pragma warning restore CA1416
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_symbolic_link_is_refused_and_its_target_left_alone()
    {
        string target = Path.Combine(_directory, "precious");
        File.WriteAllText(target, "as it was");
        File.CreateSymbolicLink(Trace, target);
        using var child = new Child(_directory, ["count", "5"], "run.objtrace");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.Errors.TrimEnd(), Does.StartWith($"objwatch: error OBJW1102: nothing is recorded: {Trace} is a symbolic link; "));
        Assert.That(File.ReadAllText(target), Is.EqualTo("as it was"));
    }

    [Test]
    public void A_directory_is_refused()
    {
        Directory.CreateDirectory(Trace);
        using var child = new Child(_directory, ["count", "5"], "run.objtrace");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.Errors.TrimEnd(), Does.StartWith($"objwatch: error OBJW1102: nothing is recorded: {Trace} is a directory; "));
    }

    [Test]
    public void The_environment_has_precedence_over_the_build()
    {
        using var built = new Child(_directory, ["count", "5"]);
        Assert.That(built.WaitForExit(), Is.Zero);
        using var child = new Child(_directory, ["count", "5"], "environment.objwatch");
        Assert.That(child.WaitForExit(), Is.Zero);

        Assert.That(Directory.GetFiles(_directory).Select(Path.GetFileName), Is.EquivalentTo(["built.objwatch", "environment.objwatch"]));
    }

    [Test]
    public void The_program_has_precedence_over_the_environment()
    {
        using var child = new Child(_directory, ["start", "program.objtrace"], "environment.objtrace");
        Assert.That(child.WaitForExit(), Is.Zero);

        Assert.That(Recording.Lines(Path.Combine(_directory, "program.objtrace")), Has.Length.EqualTo(5));
        Assert.That(Recording.Lines(Path.Combine(_directory, "environment.objtrace")), Is.Empty);
    }

    [Test]
    public void Switched_off_a_woven_program_leaves_nothing_behind()
    {
        using var child = new Child(_directory, ["count", "5"], onOff: "0");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.Errors, Is.Empty);
        Assert.That(Directory.GetFiles(_directory), Is.Empty);
    }

    [Test]
    public void Switched_off_a_program_cannot_start_tracing_in_code_either()
    {
        using var child = new Child(_directory, ["start", "program.objtrace"], onOff: "0");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.Errors, Is.Empty);
        Assert.That(Directory.GetFiles(_directory), Is.Empty);
    }

    [Test]
    public void A_missing_directory_is_made()
    {
        string output = Path.Combine("not", "yet", "run.objtrace");
        using var child = new Child(_directory, ["count", "5"], output);

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(Recording.Lines(Path.Combine(_directory, output)), Has.Length.EqualTo(5));
    }
}
