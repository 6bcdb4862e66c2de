using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace ObjWatch.Runtime.Tests;

/// <summary>What must not be recorded never reaches the trace.</summary>
[NonParallelizable]
public sealed class RedactionTests
{
    private const string Secret = "hunter2";

    private struct Login
    {
        public string Name;
        public string Password;

        [ObjWatchRedact]
        public string Hint { get; set; }
    }

    [Test]
    public void Arguments_results_and_members_are_redacted_by_name_and_by_attribute()
    {
        using var recording = new Recording();
        var vault = new Vault();
        vault.Unlock(Secret, 4711, 3);
        _ = vault.Code;
        string[] events = Recording.Events(recording.Stop()).ToArray();

        Assert.That(events, Is.EqualTo(new[]
        {
            events[0],
            $"upd Vault._password (redacted) -> (redacted) {Number(events[0])}",
            $"upd Vault.Code (redacted) -> (redacted) {Number(events[0])}",
            "upd _.amount 0 -> 3",
            "end Tests.Safe.Vault.Unlock -> 3",
            $"run Tests.Safe.Vault.get_Code <- 'this':Vault{Number(events[0])}",
            "end Tests.Safe.Vault.get_Code -> (redacted)",
        }));
        Assert.That(events[0],
            Does.Match(
                @"^run Tests\.Safe\.Vault\.Unlock <- 'this':Vault#\d+, 'password':\(redacted\), 'pin':\(redacted\), "
                + @"'token':CancellationToken .*, 'n':3$"));
        AssertUnseen(recording.Trace);
    }

    [Test]
    public void Patterns_come_on_top_of_the_usual_ones()
    {
        using var recording = new Recording(new TracerOptions { Redact = "am?unt" });
        new Vault().Unlock(Secret, 4711, 3);
        string[] lines = recording.Stop();

        Assert.That(lines, Has.One.Contains("upd _.amount (redacted) -> (redacted)"));
        Assert.That(lines[0], Does.Contain("'password':(redacted)"));
    }

    [Test]
    public void None_leaves_only_the_attribute()
    {
        using var recording = new Recording(new TracerOptions { Redact = "none" });
        new Vault().Unlock(Secret, 4711, 3);
        string[] lines = recording.Stop();

        Assert.That(lines[0], Does.Contain("'password':\"hunter2\", 'pin':(redacted)"));
        Assert.That(lines, Has.One.Contains("upd Vault._password null -> \"hunter2\""));
        Assert.That(lines, Has.One.Contains("upd Vault.Code (redacted) -> (redacted)"));
    }

    private static IEnumerable<TestCaseData> Values()
    {
        var login = new Login { Name = "eve", Password = Secret, Hint = Secret };
        const string Shown = "Login { Name = \"eve\", Password = (redacted), Hint = (redacted) }";
        yield return Case(login, Shown);
        yield return Case(new List<Login> { login }, $"(List<RedactionTests.Login>)[RedactionTests.{Shown}]");
        yield return Case(new[] { login }, $"(RedactionTests.Login[])[RedactionTests.{Shown}]");
        yield return Case(new Dictionary<string, object>
            { ["Name"] = 1, ["ApiToken"] = Secret }, "[\"Name\": 1, \"ApiToken\": (redacted)]");
        yield return Case(new Hashtable { ["PASSWORD"] = Secret }, "[\"PASSWORD\": (redacted)]");
        yield return Case(new SortedList<string, string> { ["my_secret"] = Secret }, "[\"my_secret\": (redacted)]");
        yield return Case(new List<KeyValuePair<string, string>> { new("pwd", Secret) }, "key = \"pwd\", value = (redacted) }");
        yield return Case(new KeyValuePair<string, int>("count", 5), "key = \"count\", value = 5 }");
        yield return Case(new DictionaryEntry("Credentials", Secret), "_key = \"Credentials\", _value = (redacted) }");

        static TestCaseData Case(object value, string shown) => new TestCaseData(value, shown).SetArgDisplayNames(value.GetType().Name);
    }

    [TestCaseSource(nameof(Values))]
    public void Secrets_inside_of_structures_and_collections_are_redacted(object value, string shown)
    {
        using var recording = new Recording();
        Call.With(value);
        Assert.That(recording.Stop()[0], Does.Contain(shown));
        AssertUnseen(recording.Trace);
    }

    private static string Number(string run) => run.Substring(run.IndexOf('#'), run.IndexOf(',') - run.IndexOf('#'));

    private static void AssertUnseen(string trace)
    {
        byte[] bytes = File.ReadAllBytes(trace);
        Assert.That(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Secret)), Is.EqualTo(-1), "the secret stands in the trace");
        Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)), Is.EqualTo(-1), "the secret stands in the trace");
        Assert.That(bytes.AsSpan().IndexOf(BitConverter.GetBytes(4711)), Is.EqualTo(-1), "the pin stands in the trace");
    }
}
