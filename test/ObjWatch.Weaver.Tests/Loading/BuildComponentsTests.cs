using System.Collections.Generic;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Loading;

/// <summary>Libraries that builds load are recognised by their types, where a build asks for it.</summary>
public sealed class BuildComponentsTests : WeaverFixture
{
    private const string Hosts = """
        namespace Microsoft.CodeAnalysis { public sealed class GeneratorAttribute : System.Attribute { } }
        namespace Microsoft.CodeAnalysis.Diagnostics { public sealed class DiagnosticAnalyzerAttribute : System.Attribute { } }
        namespace Microsoft.Build.Framework
        {
            public interface ITask { }
            public interface ILogger { }
            public interface INodeLogger : ILogger { }
            public abstract class SdkResolver { }
        }
        namespace Microsoft.Build.Utilities
        {
            public abstract class Task : Microsoft.Build.Framework.ITask { } public abstract class ToolTask : Task { }
        }
        namespace Fody { public abstract class BaseModuleWeaver { } }
        namespace Mono.Linker.Steps { public abstract class BaseStep { } }
        namespace Microsoft.FSharp.Core.CompilerServices { public sealed class TypeProviderAttribute : System.Attribute { } }
        """;

    private const string Elsewhere =
        "namespace Shared { public abstract class Step : Microsoft.Build.Utilities.Task { } public class Plain { } }";

    [TestCase("[Microsoft.CodeAnalysis.Generator] class Made { int n; void M() => n = 1; }", "Made is a source generator")]
    [TestCase("class Outer { [Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer] class Made { } }", "Outer/Made is an analyzer")]
    [TestCase("class Made : Microsoft.Build.Framework.ITask { }", "Made is a task of MSBuild")]
    [TestCase("class Made : Microsoft.Build.Utilities.ToolTask { }", "Made is a task of MSBuild")]
    [TestCase("abstract class Base : Microsoft.Build.Utilities.Task { } class Made : Base { }", "Made is a task of MSBuild")]
    [TestCase("class Made : Shared.Step { }", "Made is a task of MSBuild")]
    [TestCase("class Made : Microsoft.Build.Framework.INodeLogger { }", "Made is a logger of MSBuild")]
    [TestCase("class Made : Microsoft.Build.Framework.SdkResolver { }", "Made is a resolver of SDKs")]
    [TestCase("class Made : Fody.BaseModuleWeaver { }", "Made is an add-in of Fody")]
    [TestCase("class Made : Mono.Linker.Steps.BaseStep { }", "Made is a step of the trimmer")]
    [TestCase("[Microsoft.FSharp.Core.CompilerServices.TypeProvider] class Made { }", "Made is a type provider")]
    public void A_library_that_builds_load_is_left_as_it_is_and_its_type_named(string source, string description)
    {
        CompiledProgram library = Compile(source);
        IReadOnlyDictionary<string, byte[]> before = Snapshot();

        WeaveResult left = new AssemblyWeaver().Weave(Request(library.AssemblyPath) with { LeaveBuildComponents = true });

        Assert.That(left.Outcome, Is.EqualTo(WeaveOutcome.LeftToBuilds));
        Assert.That(left.Diagnostics, Has.One.With.Property("Message").Contains($"({description})"));
        Assert.That(Snapshot(), Is.EqualTo(before));
        Assert.That(Weave(library.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven), "who names a file means it");
    }

    [TestCase("class Made : Shared.Plain { }")]
    [TestCase("abstract class Made : Microsoft.Build.Utilities.Task { }", TestName = "A class to derive from")]
    [TestCase("class Made : Microsoft.Build.Utilities.Task { static void Main() { } }", TestName = "A program that hosts MSBuild")]
    public void Everything_else_is_woven(string source)
    {
        CompiledProgram library = Compile(source);

        WeaveResult result = new AssemblyWeaver().Weave(Request(library.AssemblyPath) with { LeaveBuildComponents = true });

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
    }

    private CompiledProgram Compile(string source)
    {
        CompiledProgram hosts = Compiler.Compile("Hosts", Hosts, optimize: false, PathOf("hosts"));
        CompiledProgram elsewhere = Compiler.Compile("Shared", Elsewhere, optimize: false, PathOf("shared"), hosts.AssemblyPath);
        return Compiler.Compile("Made", source, optimize: false, Folder, hosts.AssemblyPath, elsewhere.AssemblyPath);
    }
}
