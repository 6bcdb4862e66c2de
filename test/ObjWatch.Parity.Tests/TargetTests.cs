using System.Linq;
using NUnit.Framework;

namespace ObjWatch.Parity.Tests;

/// <summary>Targets of every kind, and exclusions: tests/test_targets.py, test_exclude_functionality.py,
/// test_comprehensive_exclude.py.</summary>
public sealed class TargetTests : ParityFixture
{
    private const string Source = """
        Models.User user = new("ada");
        user.Rename("eve");
        Services.Tools.Compute(2);
        Services.Settings.Debug = true;

        namespace Models
        {
            public class User
            {
                public string Name;
                public int Renamed;
                public User(string name) { Name = name; }
                public void Rename(string name)
                {
                    Name = name;
                    Renamed++;
                }
            }
        }

        namespace Services
        {
            public static class Tools
            {
                public static int Compute(int n)
                {
                    return Twice(n) + 1;
                }

                public static int Twice(int n)
                {
                    return 2 * n;
                }
            }

            public static class Settings
            {
                public static bool Debug;
            }
        }
        """;

    private static readonly string[] _user =
    [
        "run Models.User..ctor <- 'this':User#1, 'name':\"ada\"",
        "  upd User.Name null -> \"ada\" #1",
        "end Models.User..ctor -> void",
        "run Models.User.Rename <- 'this':User#1, 'name':\"eve\"",
        "  upd User.Name \"ada\" -> \"eve\" #1",
        "  upd User.Renamed 0 -> 1 #1",
        "end Models.User.Rename -> void",
    ];

    private static readonly string[] _tools =
    [
        "run Services.Tools.Compute <- 'n':2",
        "  run Services.Tools.Twice <- 'n':2",
        "  end Services.Tools.Twice -> 4",
        "end Services.Tools.Compute -> 5",
    ];

    /// <summary>test_module_monitoring, test_object_module_monitoring; also TestTargetsStr and TestTargetsModule: what lies below comes
    /// along.</summary>
    [Test]
    public void A_module_is_a_namespace() => Assert.That(Trace(Source, "Models"), Is.EqualTo(_user));

    /// <summary>test_class_definition.</summary>
    [Test]
    public void A_class() => Assert.That(Trace(Source, "Models:User"), Is.EqualTo(_user));

    /// <summary>test_class_attribute.</summary>
    [Test]
    public void An_attribute_is_a_field() =>
        Assert.That(Trace(Source, "Models:User.Renamed"), Is.EqualTo(new[] { "upd User.Renamed 0 -> 1 #1" }));

    /// <summary>test_class_method, test_object_class_methods.</summary>
    [Test]
    public void A_method() =>
        Assert.That(Trace(Source, "Models:User.Rename()"), Has.Some.StartsWith("run Models.User.Rename").And.None.Contains("..ctor"));

    /// <summary>test_function_target, test_object_functions_and_globals.</summary>
    [Test]
    public void A_function_is_a_static_method() =>
        Assert.That(Trace(Source, "Services:Tools.Twice()"),
            Is.EqualTo(new[] { "run Services.Tools.Twice <- 'n':2", "end Services.Tools.Twice -> 4" }));

    /// <summary>test_global_variable.</summary>
    [Test]
    public void A_global_variable_is_a_static_field() =>
        Assert.That(Trace(Source, "Services:Settings::Debug"), Is.EqualTo(new[] { "upd @.Settings.Debug false -> true" }));

    /// <summary>A file path as target, as in test_multiprocessing_handls and the README.</summary>
    [Test]
    public void A_file_is_everything_in_it([Values("App.cs", "**/A?p.cs")] string target)
    {
        string[] everything = Trace(Source, "*");
        Assert.That(everything, Is.SupersetOf(_user.Concat(_tools).Select(line => "  " + line)), "in the file's own top-level code");
        // Symbols tell where code stands: of Settings, which has none, they name no file.
        Assert.That(Trace(Source, target),
            Is.EqualTo(everything.Where(line => !line.Contains("@.Settings.Debug", System.StringComparison.Ordinal))));
    }

    [Test]
    public void Several_targets_of_different_kinds() =>
        Assert.That(Trace(Source, "Models:User;Services:Tools"), Is.EqualTo((string[])[.. _user, .. _tools]));

    /// <summary>test_exclude_functionality.</summary>
    [Test]
    public void An_excluded_method_makes_no_events_and_its_callers_do() =>
        Assert.That(Trace(Source, "Services:Tools", "Services:Tools.Twice()"),
            Is.EqualTo(new[] { "run Services.Tools.Compute <- 'n':2", "end Services.Tools.Compute -> 5" }));

    /// <summary>test_comprehensive_exclude: modules, classes, methods, attributes, functions, globals.</summary>
    [Test]
    public void Exclusions_of_every_kind_win()
    {
        string[] events =
            Trace(Source, "Models;Services", "Models:User.Renamed;Models:User..ctor();Services:Tools.Twice();Services:Settings::Debug");
        Assert.That(events, Is.EqualTo(new[]
        {
            // The constructor makes no run and end; what it stores to a traced field is a change of that field all the same.
            "upd User.Name null -> \"ada\" #1",
            "run Models.User.Rename <- 'this':User#1, 'name':\"eve\"",
            "  upd User.Name \"ada\" -> \"eve\" #1",
            "end Models.User.Rename -> void",
            "run Services.Tools.Compute <- 'n':2",
            "end Services.Tools.Compute -> 5",
        }));
    }
}
