using System.Collections;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using NUnit.Framework;
using ObjWatch.Build;
using ObjWatch.Testing;

namespace ObjWatch.TorchSharp.Tests;

/// <summary>The build's answer to a libstdc++ that is older than the one TorchSharp was linked with, and to one that is not.</summary>
[Platform("Linux")]
internal sealed class WeakenVersionNeedTests
{
    private const string Missing = "GLIBCXX_3.4.32";

    private TemporaryDirectory _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryDirectory();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Version_that_the_system_has_changes_nothing()
    {
        string answer = Run("libc.so.6", "GLIBC_2.2.5");

        Assert.That(answer, Does.EndWith(" has GLIBC_2.2.5: nothing is changed."));
        Assert.That(File.Exists(_folder["copy.so"]), Is.False);
    }

    [Test]
    public void Library_that_is_not_there_changes_nothing()
    {
        string answer = Run("libno-such-library.so.6", Missing);

        Assert.That(answer, Is.EqualTo("There is no libno-such-library.so.6: nothing is changed."));
        Assert.That(File.Exists(_folder["copy.so"]), Is.False);
    }

    [Test]
    public void Copy_that_an_earlier_build_needed_goes()
    {
        File.WriteAllText(_folder["copy.so"], "");

        Run("libc.so.6", "GLIBC_2.2.5");

        Assert.That(File.Exists(_folder["copy.so"]), Is.False);
    }

    [Test]
    public void Version_that_the_system_lacks_is_marked_weak_and_nothing_else_changes()
    {
        string answer = Run("libc.so.6", Missing);

        byte[] original = File.ReadAllBytes(Built.PackagedLibrary);
        byte[] copy = File.ReadAllBytes(_folder["copy.so"]);
        int[] changed = Enumerable.Range(0, original.Length).Where(i => original[i] != copy[i]).ToArray();
        Assert.That(answer, Does.Contain("lacks " + Missing));
        Assert.That(copy, Has.Length.EqualTo(original.Length));
        Assert.That(changed, Has.Length.EqualTo(1));
        Assert.That((original[changed[0]], copy[changed[0]]), Is.EqualTo(((byte)0, (byte)2)));
    }

    private string Run(string provider, string version)
    {
        var task = new WeakenVersionNeed
        {
            BuildEngine = new SilentBuild(),
            Library = Built.PackagedLibrary,
            Provider = provider,
            Version = version,
            Copy = _folder["copy.so"],
            Answer = _folder["answer.txt"],
        };
        Assert.That(task.Execute(), Is.True);
        return File.ReadAllText(_folder["answer.txt"]).TrimEnd();
    }

    /// <summary>A build that takes no notice of what its tasks say.</summary>
    private sealed class SilentBuild : IBuildEngine
    {
        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "";

        public void LogErrorEvent(BuildErrorEventArgs e) => Assert.Fail(e.Message!);

        public void LogWarningEvent(BuildWarningEventArgs e) => Assert.Fail(e.Message!);

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties,
            IDictionary targetOutputs) => false;
    }
}
