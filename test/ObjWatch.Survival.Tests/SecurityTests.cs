using System.IO;
using System.Runtime.Versioning;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary>A trace holds whatever the program holds: it is its owner's alone, and where it goes is nobody else's choice.</summary>
[TestFixture]
[UnsupportedOSPlatform("windows")]
[Platform("Linux", Reason = "Rights and links are those of Unix.")]
internal sealed class SecurityTests : SurvivalFixture
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Test]
    public void All_files_are_their_owners_alone_also_while_they_are_written()
    {
        string text = Path.Combine(Folder, "run.objwatch");
        using var subject = new Subject(text + ";" + Trace, "input", most: 1_000, prefix: ["sh", "-c", "umask 0; exec \"$@\"", "sh"]);
        subject.WaitFor(SurvivalProgram.Workers * 1_000);
        foreach (string file in Directory.GetFiles(Folder))
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(OwnerOnly), file);
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2));
        Assert.That(subject.WaitForExit(), Is.Zero);
        foreach (string file in Directory.GetFiles(Folder))
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(OwnerOnly), file);
    }

    [Test]
    public void A_file_that_a_link_stands_for_is_left_alone()
    {
        string shared = MakeShared();
        string precious = Path.Combine(Folder, "precious");
        File.WriteAllText(precious, "as it was");
        string trace = Path.Combine(shared, "run.objtrace");
        File.CreateSymbolicLink(trace, precious);

        AssertRefused(trace, $"{trace} is a symbolic link");
        Assert.That(File.ReadAllText(precious), Is.EqualTo("as it was"));
    }

    [Test]
    public void A_folder_that_a_link_in_a_shared_folder_stands_for_is_left_alone()
    {
        string shared = MakeShared();
        string home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        string precious = Path.Combine(home, "run.objtrace");
        File.WriteAllText(precious, "as it was");
        string link = Path.Combine(shared, "traces");
        Directory.CreateSymbolicLink(link, home);

        AssertRefused(Path.Combine(link, "run.objtrace"), $"{link} is a symbolic link in a folder that everybody may write to");
        AssertRefused(Path.Combine(link, "deeper", "run.objtrace"), $"{link} is a symbolic link in a folder that everybody may write to");
        Assert.That(Directory.GetFileSystemEntries(home), Is.EqualTo([precious]));
        Assert.That(File.ReadAllText(precious), Is.EqualTo("as it was"));
    }

    [Test]
    public void A_link_in_a_folder_of_ones_own_is_followed()
    {
        string home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        string link = Path.Combine(Folder, "link");
        Directory.CreateSymbolicLink(link, home);
        using var subject = new Subject(Path.Combine(link, "run.objtrace"), "join", most: 10);

        Assert.That(subject.WaitForExit(), Is.Zero);
        AssertNothingLost(Path.Combine(home, "run.objtrace"), subject.Progress.Snapshot());
    }

    [Test]
    public void A_pipe_is_refused_and_nobody_waits_for_it()
    {
        string pipe = Path.Combine(Folder, "run.objtrace");
        ProgramRunner.RunProcess("mkfifo", [pipe]);

        AssertRefused(pipe, $"{pipe} is no regular file");
    }

    private static void AssertRefused(string trace, string why)
    {
        using var subject = new Subject(trace, "join", most: 10);
        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(subject.Errors.TrimEnd(), Does.StartWith($"objwatch: error OBJW1102: nothing is recorded: {why}"));
    }

    private string MakeShared()
    {
        string shared = Directory.CreateDirectory(Path.Combine(Folder, "shared")).FullName;
        File.SetUnixFileMode(shared, (UnixFileMode)0b001_111_111_111);
        return shared;
    }
}
