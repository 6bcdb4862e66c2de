using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>Where options come from, and what is said of those that make no sense.</summary>
[NonParallelizable]
public sealed class OptionTests
{
    private DirectoryInfo _directory = null!;

    [SetUp]
    public void Create() => _directory = Directory.CreateTempSubdirectory("objwatch-");

    [TearDown]
    public void Delete() => _directory.Delete(recursive: true);

    [Test]
    public void The_file_in_the_working_directory_is_read()
    {
        WriteFile("""
            {
              // comments and trailing commas do no harm
              "output": ["a.objwatch", "b.objtrace"],
              "ModulePath": false,
              "redact": "none",
              "maximumDepth": 5,
            }
            """);
        Run("unlock");

        string[] lines = EventLines.Of(InDirectory("a.objwatch")).ToArray();
        Assert.That(lines[0], Does.StartWith("   50 run Vault.Unlock <- 'this':Vault#1, 'password':\"hunter2\""));
        Assert.That(File.Exists(InDirectory("b.objtrace")));
    }

    [Test]
    public void The_environment_wins_over_the_file_and_the_program_over_both()
    {
        WriteFile("""{ "output": "file.objwatch", "objectIds": false, "redact": "none" }""");
        Run("start program.objwatch", ("OBJWATCH_OUTPUT", "environment.objwatch"), ("OBJWATCH_OBJECT_IDS", "true"));

        Assert.That(_directory.GetFiles("*.objwatch").Select(file => file.Name),
            Is.EquivalentTo(new[] { "environment.objwatch", "program.objwatch" }));
        Assert.That(EventLines.Of(InDirectory("program.objwatch")).ToArray()[0], Does.EndWith("#1"));
    }

    [Test]
    public void The_file_beside_the_application_is_read_where_the_working_directory_has_none()
    {
        string beside = Path.Combine(TestContext.CurrentContext.TestDirectory, "objwatch.json");
        File.WriteAllText(beside, """{ "output": "beside.objwatch" }""");
        try
        {
            Run("count 1");
            WriteFile("""{ "output": "here.objwatch" }""");
            Run("count 1");
        }
        finally
        {
            File.Delete(beside);
        }

        Assert.That(_directory.GetFiles("*.objwatch").Select(file => file.Name),
            Is.EquivalentTo(new[] { "beside.objwatch", "here.objwatch" }));
    }

    [TestCase("0")]
    [TestCase("False")]
    [TestCase("no")]
    [TestCase("OFF")]
    [TestCase("Manual")]
    public void The_environment_switches_tracing_off(string word)
    {
        Assert.That(Run("count 1", ("OBJWATCH", word)), Is.Empty);
        Assert.That(_directory.GetFiles(), Is.Empty);
    }

    [Test]
    public void The_file_wins_over_the_build()
    {
        WriteFile("""{ "output": "file.objwatch" }""");
        Run("count 1");
        Assert.That(_directory.GetFiles().Select(file => file.Name), Is.EquivalentTo(new[] { "file.objwatch", "objwatch.json" }));
    }

    [Test]
    public void What_makes_no_sense_is_told_once_and_the_default_holds()
    {
        WriteFile("""{ "output": "run.objwatch", "colour": "blue", "maximumElements": "many", "simple": "perhaps" }""");
        string errors = Run(
            "unlock", ("OBJWATCH_MAXIMUM_DEPTH", "-1"), ("OBJWATCH_LEVEL", "loud"), ("OBJWATCH_TARGET", "x"),
            ("OBJWATCH_TARGETS", "A:B:C;Tests.Safe;Tests:Cuonter"),
            ("OBJWATCH_WRAPPER", "No.Such"), ("OBJWATCH", "perhaps"));

        Assert.That(errors.Split('\n', System.StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()), Is.EquivalentTo(new[]
        {
            $"objwatch: warning OBJW1110: {InDirectory("objwatch.json")}: there is no option 'colour'; it is ignored",
            "objwatch: warning OBJW1110: there is no option for the environment variable OBJWATCH_TARGET; it is ignored",
            $"objwatch: warning OBJW1111: maximumElements in {InDirectory("objwatch.json")} is 'many' but must be a whole number from 0 "
            + $"to 20; '3' is taken instead",
            $"objwatch: warning OBJW1111: simple in {InDirectory("objwatch.json")} is 'perhaps' but must be true or false; 'true' is "
            + $"taken instead",
            "objwatch: warning OBJW1111: OBJWATCH is 'perhaps' but must be 0, 1 or manual; '1' is taken instead",
            "objwatch: warning OBJW1111: OBJWATCH_MAXIMUM_DEPTH is '-1' but must be a whole number from 0 to 1000000; '0' is taken instead",
            "objwatch: warning OBJW1111: OBJWATCH_LEVEL is 'loud' but must be Debug, Information or force; 'Debug' is taken instead",
            "objwatch: warning OBJW1115: Targets: 'A:B:C' is ignored: column 5: expected '::' in front of a static member, but there is "
            + "'C'",
            "objwatch: warning OBJW1116: 'Tests:Cuonter' in Targets or Exclude means nothing of what was woven and loaded",
            "objwatch: error OBJW1113: the wrapper 'No.Such' is of no use, there is none: there is no such type in what is loaded; write "
            + "Ns.Type, or Ns.Type, Assembly",
            $"objwatch: 5 events -> {InDirectory("run.objwatch")}",
        }));
        Assert.That(EventLines.Of(InDirectory("run.objwatch")).ToArray(), Has.Length.EqualTo(5));
    }

    [TestCase("[1, 2]", "it must hold an object")]
    [TestCase("{ \"output\": ", "depth")]
    [TestCase("", "")]
    public void A_file_that_cannot_be_understood_is_told_once_and_ignored(string content, string why)
    {
        WriteFile(content);
        string errors = Run("count 1", ("OBJWATCH_OUTPUT", "run.objwatch"));

        Assert.That(errors.Split('\n')[0],
            Does.StartWith($"objwatch: warning OBJW1112: {InDirectory("objwatch.json")} is ignored: ").And.Contain(why));
        Assert.That(EventLines.Of(InDirectory("run.objwatch")).ToArray(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_wrapper_may_be_named()
    {
        Run("unlock", ("OBJWATCH_OUTPUT", "run.objwatch"), ("OBJWATCH_WRAPPER", "CpuMemoryWrapper:total,gcheap"));
        Assert.That(EventLines.Of(InDirectory("run.objwatch")).ToArray()[0], Does.Match(@"<- total: \d+ \| gc_heap: \d+$"));
        Run("unlock", ("OBJWATCH_OUTPUT", "run.objwatch"), ("OBJWATCH_WRAPPER", typeof(OwnWrapper).FullName!));
        Assert.That(EventLines.Of(InDirectory("run.objwatch")).ToArray()[0], Does.EndWith("<- own"));
    }

    [TestCase("ObjWatch.Runtime.Tests.Counter", "ObjWatch.Runtime.Tests.Counter is not derived from ObjWatch.FunctionWrapper")]
    [TestCase("ObjWatch.FunctionWrapper", "of ObjWatch.FunctionWrapper there can be no objects")]
    [TestCase("ObjWatch.Runtime.Tests.BrokenWrapper", "InvalidOperationException: not today")]
    [TestCase("CpuMemoryWrapper:swap", "names a metric that does not exist")]
    public void A_wrapper_of_the_wrong_kind_is_an_error_that_says_so(string name, string why)
    {
        string errors = Run("unlock", ("OBJWATCH_OUTPUT", "run.objwatch"), ("OBJWATCH_WRAPPER", name));
        Assert.That(errors, Does.Contain(why));
        Assert.That(EventLines.Of(InDirectory("run.objwatch")).ToArray(), Has.Length.EqualTo(5), "the program runs and is traced");
    }

    [Test]
    public void Detailed_lines_have_time_and_level()
    {
        Run("unlock", ("OBJWATCH_OUTPUT", "run.objwatch"), ("OBJWATCH_SIMPLE", "false"), ("OBJWATCH_LEVEL", "information"),
            ("OBJWATCH_OBJECT_IDS", "false"));
        Assert.That(EventLines.Of(InDirectory("run.objwatch")).ToArray(),
            Is.All.Match(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] \[INFO\] objwatch:  +\d+ +(run|upd|end) ")
            .And.All.Not.Contain("#"));
    }

    [Test]
    public void With_force_the_text_goes_to_standard_error_too()
    {
        string errors = Run("unlock", ("OBJWATCH_OUTPUT", "run.objwatch"), ("OBJWATCH_LEVEL", "force"));
        foreach (string line in EventLines.Of(InDirectory("run.objwatch")).ToArray())
            Assert.That(errors.Split('\n'), Has.Some.EqualTo(line));
    }

    private void WriteFile(string content) => File.WriteAllText(InDirectory("objwatch.json"), content);

    private string InDirectory(string name) => Path.Combine(_directory.FullName, name);

    private string Run(string scenario, params (string Name, string Value)[] variables)
    {
        using var child = new Child(_directory.FullName, scenario.Split(' '), variables: variables.ToDictionary(v => v.Name, v => v.Value));
        Assert.That(child.WaitForExit(), Is.Zero, child.Errors);
        return child.Errors;
    }
}

/// <summary>A wrapper to be named in an option.</summary>
public sealed class OwnWrapper : FunctionWrapper
{
    public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) => "own";

    public override string? WrapReturn(string method, object? result) => null;

    public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) => (null, null);
}

/// <summary>A wrapper that cannot be made.</summary>
public sealed class BrokenWrapper : BaseWrapper
{
    public BrokenWrapper() => throw new System.InvalidOperationException("not today");
}
