using System;
using System.IO;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>Other tools that rewrite the assembly in the same build: what they make of it is woven, and both have their effect.</summary>
internal sealed class OtherWeaversTests
{
    private const string Aspects = """
        using System;
        using AspectInjector.Broker;

        Counter counter = new();
        Console.WriteLine(counter.Add(42));

        [Aspect(Scope.Global), Injection(typeof(Announce))]
        public class Announce : Attribute
        {
            [Advice(Kind.Before)]
            public void Before([Argument(Source.Name)] string name) => Console.WriteLine("before " + name);

            [Advice(Kind.Around)]
            public object Around(
                [Argument(Source.Target)] Func<object[], object> target, [Argument(Source.Arguments)] object[] arguments) =>
                target(arguments);
        }

        [Announce]
        public class Counter
        {
            private int _value;
            public int Add(int number)
            {
                for (int i = 0; i < number; i++)
                    _value++;
                return _value;
            }
        }
        """;

    /// <summary>It hangs on the same target of the build. It takes an assembly of another time than its own for the compiler's and works on
    /// it again.</summary>
    [Test]
    public void AspectInjector_comes_first_and_once([Values("Debug", "Release")] string configuration)
    {
        using ScratchProject project = new();
        project.WriteProject(references: ScratchProject.Reference("ObjWatch")
            + "<PackageReference Include=\"AspectInjector\" Version=\"2.7.3\" />");
        project.Write("Program.cs", Aspects);

        project.Build("-c", configuration, "-p:ObjWatch=true").ThatSucceeded();
        CommandResult second = project.Build("-c", configuration, "-p:ObjWatch=true", "-v:n").ThatSucceeded();
        CommandResult run = project.Dotnet(project.PathOf("bin", configuration, "net10.0", "App.dll")).ThatSucceeded();

        Assert.That(second.Output, Does.Contain("Skipping target \"ObjWatchWeave\"").And.Not.Contain("injections"));
        Assert.That(run.Output, Is.EqualTo(string.Join(Environment.NewLine, "before .ctor", "before Add", "42", "")));
        Assert.That(project.Events(),
            Has.Some.Contains("upd Counter._value 41 -> 42").And.Some.Contains("run Announce.Before <- 'this':Announce#"));
    }

    /// <summary>Costura puts the libraries into the assembly, and a loader for them in front of everything else that the module
    /// does.</summary>
    [Test]
    public void The_runtime_library_is_found_where_Costura_has_put_it()
    {
        using ScratchProject project = ScratchProject.Counter();
        // Fody would put the name of its schema into FodyWeavers.xml, and the changed file would have the next build compile again.
        project.WriteProject("<FodyGenerateXsd>false</FodyGenerateXsd>", ScratchProject.Reference("ObjWatch") + """
            <PackageReference Include="Fody" Version="6.9.3" PrivateAssets="all" />
            <PackageReference Include="Costura.Fody" Version="6.2.0" PrivateAssets="all" />
            """);
        project.Write("FodyWeavers.xml", "<Weavers><Costura /></Weavers>");

        project.Build("-p:ObjWatch=true").ThatSucceeded();
        // (A second build copies the libraries beside the program again, with ObjWatch and without: Fody takes them out where it has just
        // compiled.)
        foreach (string library in new[] { "ObjWatch.Runtime.dll", "ObjWatch.Trace.dll" })
            Assert.That(Path.Combine(Path.GetDirectoryName(project.Assembly)!, library), Does.Not.Exist);
        project.Dotnet(project.Assembly).ThatSucceeded();
        CommandResult second = project.Build("-p:ObjWatch=true", "-v:n").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42").And.None.Contains("Costura"));
        Assert.That(second.Output, Does.Contain("Skipping target \"CoreCompile\"").And.Contain("Skipping target \"ObjWatchWeave\""));
    }
}
