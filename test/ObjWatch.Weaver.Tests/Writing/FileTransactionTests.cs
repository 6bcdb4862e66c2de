using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Weaver.Writing;

namespace ObjWatch.Weaver.Tests.Writing;

/// <summary>Files are replaced together or not at all.</summary>
public sealed class FileTransactionTests : WeaverFixture
{
    [Test]
    public void All_files_are_replaced()
    {
        File.WriteAllText(PathOf("a"), "old a");
        using (var transaction = new FileTransaction())
        {
            transaction.Stage(PathOf("a"), PathOf("a"), Content("new a"));
            transaction.Stage(PathOf("b"), PathOf("a"), Content("new b"));
            transaction.Commit();
        }

        Assert.That(Files(), Is.EquivalentTo(new[] { "a: new a", "b: new b" }));
    }

    [Test]
    public void Without_commit_nothing_changes()
    {
        File.WriteAllText(PathOf("a"), "old a");
        using (var transaction = new FileTransaction())
            transaction.Stage(PathOf("a"), PathOf("a"), Content("new a"));

        Assert.That(Files(), Is.EquivalentTo(new[] { "a: old a" }));
    }

    [Test]
    public void What_moved_before_a_failure_is_put_back()
    {
        File.WriteAllText(PathOf("a"), "old a");
        Directory.CreateDirectory(PathOf("c"));
        Assert.That(Replace, Throws.InstanceOf<IOException>().Or.InstanceOf<System.UnauthorizedAccessException>());
        Assert.That(Files(), Is.EquivalentTo(new[] { "a: old a" }));

        void Replace()
        {
            using var transaction = new FileTransaction();
            transaction.Stage(PathOf("a"), PathOf("a"), Content("new a"));
            transaction.Stage(PathOf("b"), PathOf("a"), Content("new b"));
            transaction.Stage(PathOf("c"), PathOf("a"), Content("where a folder is"));
            transaction.Commit();
        }
    }

    private string[] Files() => Directory.GetFiles(Folder).Select(path => $"{Path.GetFileName(path)}: {File.ReadAllText(path)}").ToArray();

    private static MemoryStream Content(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
