using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests;

/// <summary>How the task reads what the weaver says.</summary>
internal sealed class WeaverMessageTests
{
    [TestCase("App.dll : error OBJW0001: there is no such file", "App.dll", 0, 0)]
    [TestCase("App.dll: error OBJW0001: there is no such file", "App.dll", 0, 0)]
    [TestCase("/home/me/my app/Übung.cs(12): error OBJW0001: there is no such file", "/home/me/my app/Übung.cs", 12, 0)]
    [TestCase(@"C:\me\a (b)\User.cs(12,34): error OBJW0001: there is no such file", @"C:\me\a (b)\User.cs", 12, 34)]
    [TestCase("objwatch-weave : error OBJW0001: there is no such file", null, 0, 0)]
    public void An_error_is_read_with_its_place(string line, string? file, int expectedLine, int expectedColumn)
    {
        Assert.That(WeaverMessage.TryParse(line, out WeaverMessage? message), Is.True);
        Assert.That(message,
            Is.EqualTo(new WeaverMessage("error", "OBJW0001", "there is no such file", file, expectedLine, expectedColumn)));
    }

    [TestCase("error")]
    [TestCase("warning")]
    [TestCase("info")]
    public void The_severity_is_kept(string severity)
    {
        Assert.That(WeaverMessage.TryParse($"App.dll : {severity} OBJW0202: a: b {{0}}", out WeaverMessage? message), Is.True);
        Assert.That(message, Is.EqualTo(new WeaverMessage(severity, "OBJW0202", "a: b {0}", "App.dll", 0, 0)));
    }

    [TestCase("")]
    [TestCase("App.dll: 12 methods woven")]
    [TestCase("Unhandled exception. System.InvalidOperationException: error")]
    [TestCase("App.cs(1,2): error CS0001: of another program")]
    public void Anything_else_is_no_message(string line)
    {
        Assert.That(WeaverMessage.TryParse(line, out _), Is.False);
    }
}
