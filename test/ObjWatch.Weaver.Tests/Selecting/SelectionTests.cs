using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Tests.Selecting;

/// <summary>What targets, exclusions and attributes select in an assembly.</summary>
public sealed class SelectionTests
{
    private const string Models = """
        using System;
        namespace MyApp.Models
        {
            public class User
            {
                private int _age;
                public static int Count;
                public User() { _age = 1; }
                public User(int age) { _age = age; }
                public string Name { get; set; } = "";
                public event Action? Changed;
                public void Save() { Changed?.Invoke(); }
                public void Save(int times) { _age = times; }
                public class Address { public string Street = ""; public void Move() { } }
            }

            public class Box<T> { public T? Value; public void Put(T value) => Value = value; }
            public class Box { public int Plain; }
            public interface IStore { void Put(); }
            public class Store : IStore { void IStore.Put() { } }
            public static class Config { public static bool Debug; public static int Level { get; set; } }
        }

        namespace MyApp.Models.Deep { public class Leaf { public int Depth; public void Grow() => Depth++; } }
        namespace MyApp.ModelsToo { public class Other { public int Value; } }
        """;

    private const string Services = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        namespace MyApp.Services;
        public class Mailer
        {
            public int Sent;
            public void Send() => Sent++;
            public async Task SendAsync() { await Task.Yield(); Sent++; }
            public IEnumerable<int> Numbers() { yield return Sent; }
        }
        """;

    private const string Global = "public class Lonely { public int Value; public void Run() { Value++; } }";

    private TemporaryDirectory _directory = null!;
    private CompiledProgram _program = null!;

    [OneTimeSetUp]
    public void Compile()
    {
        _directory = new TemporaryDirectory();
        _program = Compiler.Compile(new CompileRequest
        {
            Name = "MyApp",
            Directory = _directory.Path,
            Sources = new Dictionary<string, string>
            {
                ["Models/User.cs"] = Models, ["Services/Mailer.cs"] = Services, ["Global.cs"] = Global,
            },
        });
    }

    [OneTimeTearDown]
    public void Remove() => _directory.Dispose();

    [TestCase("MyApp.Models:User.Save()", "m:Save m:Save")]
    [TestCase("MyApp.Models:User..ctor()", "m:.ctor m:.ctor")]
    [TestCase("MyApp.Models:User.Name", "m:get_Name m:set_Name s:Name")]
    [TestCase("MyApp.Models:User._age", "s:_age")]
    [TestCase("MyApp.Models:User.Changed", "m:add_Changed m:remove_Changed s:Changed s:Changed")]
    [TestCase("MyApp.Models:User.Count", "s:Count")]
    [TestCase("MyApp.Models:User::Count", "s:Count")]
    [TestCase("MyApp.Models:User::_age", "")]
    [TestCase("MyApp.Models:User+Address", "m:.ctor m:Move s:Street")]
    [TestCase("MyApp.Models:User+Address.Move()", "m:Move")]
    [TestCase("MyApp.Models:User.Move()", "")]
    [TestCase("MyApp.Models:Config::Level", "m:get_Level m:set_Level s:Level")]
    [TestCase("MyApp.Models:Box<T>", "m:.ctor m:Put s:Value")]
    [TestCase("MyApp.Models:Box`1", "m:.ctor m:Put s:Value")]
    [TestCase("MyApp.Models:Box`2", "")]
    [TestCase("MyApp.Models:Box", "m:.ctor m:.ctor m:Put s:Plain s:Value")]
    [TestCase("MyApp.Models:Store.Put()", "m:MyApp.Models.IStore.Put")]
    [TestCase("MyApp.Models:Store.MyApp.Models.IStore.Put()", "m:MyApp.Models.IStore.Put")]
    [TestCase("MyApp.Models.Deep", "m:.ctor m:Grow s:Depth")]
    [TestCase("MyApp.*:Leaf", "")]
    [TestCase("*:Leaf", "m:.ctor m:Grow s:Depth")]
    [TestCase("MyApp.*.Deep:L*f", "m:.ctor m:Grow s:Depth")]
    [TestCase("MyApp.?odels.Deep", "m:.ctor m:Grow s:Depth")]
    [TestCase("*:*.S?nd()", "m:Send")]
    [TestCase(":Lonely", "m:.ctor m:Run s:Value")]
    [TestCase(":Lonely.Run()", "m:Run")]
    [TestCase("Lonely", "")]
    [TestCase("MyApp.models", "")]
    [TestCase("Services/Mailer.cs", "m:.ctor m:Numbers m:Send m:SendAsync s:Sent")]
    [TestCase("Mailer.cs", "m:.ctor m:Numbers m:Send m:SendAsync s:Sent")]
    [TestCase("ailer.cs", "")]
    [TestCase("*ailer.cs", "m:.ctor m:Numbers m:Send m:SendAsync s:Sent")]
    [TestCase("**/Services/*.cs", "m:.ctor m:Numbers m:Send m:SendAsync s:Sent")]
    [TestCase("Services/**/*.cs", "m:.ctor m:Numbers m:Send m:SendAsync s:Sent")]
    [TestCase(@"Services\Mailer.cs", "m:.ctor m:Numbers m:Send m:SendAsync s:Sent")]
    public void A_target_selects(string target, string members) => Assert.That(Selected(targets: target), Is.EqualTo(members));

    [Test]
    public void A_namespace_selects_what_is_below_it_but_not_its_namesakes()
    {
        string[] types = SelectedTypes("MyApp.Models");
        Assert.That(types, Does.Contain("MyApp.Models.User").And.Contain("MyApp.Models.User/Address")
            .And.Contain("MyApp.Models.Deep.Leaf"));
        Assert.That(types, Does.Not.Contain("MyApp.ModelsToo.Other").And.Not.Contain("Lonely"));
    }

    [TestCase("")]
    [TestCase("*")]
    [TestCase(" \n ; ")]
    public void Everything_is_everything(string targets) =>
        Assert.That(SelectedTypes(targets),
            Is.SupersetOf(new[] { "Lonely", "MyApp.Models.User", "MyApp.Services.Mailer", "MyApp.ModelsToo.Other" }));

    [Test]
    public void Exclusion_wins() =>
        Assert.That(Selected("MyApp.Services:Mailer", "MyApp.Services:Mailer.Send(); *:*.Sent"),
            Is.EqualTo("m:.ctor m:Numbers m:SendAsync"));

    [TestCase("MyApp.Models:Config", "m:get_Level m:set_Level")]
    [TestCase("MyApp.Models:Config::Debug", "s:Debug")]
    [TestCase("MyApp.Models:Config.Debug", "")]
    public void Without_statics_only_those_named_as_static_are_watched(string target, string members) =>
        Assert.That(Selected(target, statics: false), Is.EqualTo(members));

    [TestCase("MyApp.Models.User", "'MyApp.Models:User'")]
    [TestCase("MyApp.Models:User+Save()", null)]
    [TestCase("MyApp.Models:Usr", "'MyApp.Models:User'")]
    [TestCase("myapp.models", "'MyApp.Models'")]
    [TestCase("MyApp.Models:User.Sav()", "'MyApp.Models:User.Save()'")]
    [TestCase("MyApp.Models:Config.Debgu", "'MyApp.Models:Config::Debug'")]
    [TestCase("Services/Mailr.cs", "'Services/Mailer.cs'")]
    public void A_target_that_matches_nothing_is_answered_with_the_nearest_names(string target, string? nearest)
    {
        if (nearest is null)
        {
            Assert.That(Diagnose(target).Single().Code, Is.EqualTo(Codes.MalformedTarget.Code));
            return;
        }

        Diagnostic alone = Diagnose(target).Single();
        Assert.That(alone.Code, Is.EqualTo(Codes.NoTargetMatches.Code));
        Assert.That(alone.Message, Does.Contain("did you mean " + nearest));

        Diagnostic besides = Diagnose(target + ";MyApp.Services").Single();
        Assert.That((besides.Code, besides.Severity), Is.EqualTo((Codes.TargetMatchesNothing.Code, DiagnosticSeverity.Warning)));
        Assert.That(besides.Message, Does.Contain("did you mean " + nearest));
    }

    [Test]
    public void An_exclusion_that_matches_nothing_is_a_warning() =>
        Assert.That(Diagnose("*", "Nowhere").Single(), Has.Property("Code").EqualTo(Codes.TargetMatchesNothing.Code).And.Property("Message")
            .Contain("exclusion 'Nowhere'"));

    [Test]
    public void Every_malformed_target_is_an_error_that_shows_where()
    {
        IReadOnlyList<Diagnostic> diagnostics = Diagnose("MyApp:User.Save(int); MyApp.", "a b");
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Code), Is.All.EqualTo(Codes.MalformedTarget.Code));
        Assert.That(diagnostics.Select(diagnostic => diagnostic.Message), Is.EqualTo(new[]
        {
            "target 'MyApp:User.Save(int)' is malformed at column 17: expected ')': a method is selected with all its overloads, but "
            + "there is 'int)'",
            "target 'MyApp.' is malformed at column 7: expected a name, but the target ends here",
            "exclusion 'a b' is malformed at column 2: expected ':' between namespace and type, as in Ns:Type.Method(), but there is ' b'",
        }));
    }

    private string Selected(string targets, string exclude = "", bool statics = true)
    {
        using ModuleDefinition module = Read();
        var selection = new Selection(module, Parse(targets), Parse(exclude), statics);
        return string.Join(" ", SelectedMembers(module, selection).Order(System.StringComparer.Ordinal));
    }

    private string[] SelectedTypes(string targets)
    {
        using ModuleDefinition module = Read();
        var selection = new Selection(module, Parse(targets), [], statics: true);
        return ModuleMembers.TypesOf(module).Where(type => type.Methods.Any(selection.Traces)).Select(type => type.FullName).ToArray();
    }

    private static IEnumerable<string> SelectedMembers(ModuleDefinition module, Selection selection)
    {
        foreach (TypeDefinition type in ModuleMembers.TypesOf(module))
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody && selection.Traces(method)))
                yield return "m:" + method.Name;
            foreach (IMemberDefinition member in ModuleMembers.StateOf(type).Where(selection.Watches))
                yield return "s:" + member.Name;
        }
    }

    private IReadOnlyList<Diagnostic> Diagnose(string targets, string exclude = "")
    {
        var sink = new DiagnosticSink();
        using var assembly = new LoadedAssembly(_program.AssemblyPath, Read(), SymbolStorage.Beside, []);
        var request = new WeaveRequest { AssemblyPath = _program.AssemblyPath, RuntimePath = "", Targets = targets, Exclude = exclude };
        Selection? selection = Selection.Create(assembly, request, sink);
        Assert.That(selection is null, Is.EqualTo(sink.HasErrors));
        return sink.Items;
    }

    private ModuleDefinition Read() => ModuleDefinition.ReadModule(_program.AssemblyPath, new ReaderParameters { ReadSymbols = true });

    private static IReadOnlyList<Target> Parse(string targets)
    {
        var sink = new DiagnosticSink();
        IReadOnlyList<Target> parsed = TargetList.Parse(targets, "target", "", sink);
        Assert.That(sink.Items, Is.Empty);
        return parsed;
    }
}
