using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a project can say, and kinds of project.</summary>
internal sealed class ProjectPropertyTests
{
    [Test]
    public void Targets_may_stand_on_lines_of_their_own()
    {
        using ScratchProject project = ScratchProject.Counter("""
            <ObjWatch>true</ObjWatch>
            <ObjWatchTargets>
              App.Models:Nothing*;
              **/Program.cs
            </ObjWatchTargets>
            <ObjWatchExclude>
              App.Models:Counter.Increment()
              App.Models:Unused, App.Models:AlsoUnused
            </ObjWatchExclude>
            """);

        project.Dotnet("run").ThatSucceeded();

        Assert.That(project.Events(),
            Has.Some.Contains("upd Counter._value 0 -> 42").And.None.Contains("run App.Models.Counter.Increment"));
    }

    [Test]
    public void The_output_is_where_the_project_wants_it()
    {
        using ScratchProject project = ScratchProject.Counter("<ObjWatchOutput>other.objwatch</ObjWatchOutput>");

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.PathOf("other.objwatch"), Does.Exist);
        Assert.That(project.Trace, Does.Not.Exist);
    }

    [Test]
    public void Defaults_for_the_run_stand_in_the_project_and_the_environment_wins()
    {
        using ScratchProject project = ScratchProject.Counter("""
            <ObjWatch>true</ObjWatch>
            <ObjWatchRedact>
              _val?e
              other*
            </ObjWatchRedact>
            <ObjWatchModulePath>false</ObjWatchModulePath>
            <ObjWatchMaximumDepth>100</ObjWatchMaximumDepth>
            """);

        project.Dotnet("run").ThatSucceeded();
        Assert.That(project.Events(),
            Has.Some.Contains("upd Counter._value (redacted) -> (redacted)").And.Some.Contains("run Counter.Increment").And.None.Contains(
                "App.Models"));

        project.Write("objwatch.json", """{ "redact": "none", "modulePath": true }""");
        project.Dotnet("run").ThatSucceeded();
        Assert.That(project.Events(),
            Has.Some.Contains("upd Counter._value 0 -> 42").And.Some.Contains("run App.Models.Counter.Increment"));
    }

    [Test]
    public void The_ranks_that_record_stand_in_the_project_and_the_environment_wins()
    {
        using ScratchProject project =
            ScratchProject.Counter(
                "<ObjWatch>true</ObjWatch><ObjWatchRanks>1,3-4</ObjWatchRanks><ObjWatchFramework>env</ObjWatchFramework>");

        project.Dotnet("run", "-e", "RANK=0", "-e", "WORLD_SIZE=2").ThatSucceeded();
        Assert.That(Traces(), Is.Empty);
        project.Dotnet("run", "--no-build", "-e", "RANK=1", "-e", "WORLD_SIZE=2").ThatSucceeded();
        Assert.That(Traces(), Is.EqualTo(["App.rank1.objwatch"]));
        project.Dotnet("run", "--no-build", "-e", "RANK=0", "-e", "WORLD_SIZE=2", "-e", "OBJWATCH_RANKS=0").ThatSucceeded();
        Assert.That(Traces(), Is.EquivalentTo(["App.rank0.objwatch", "App.rank1.objwatch"]));

        IEnumerable<string?> Traces() => Directory.GetFiles(project.Folder, "*.objwatch").Select(Path.GetFileName);
    }

    [Test]
    public void Static_fields_can_be_left_out()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Write("Program.cs", """
            new App.Counter().Increment();

            namespace App
            {
                internal sealed class Counter
                {
                    private static int s_total;
                    public void Increment() => s_total += 7;
                }
            }
            """);

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();
        string[] with = project.Events();
        project.Dotnet("run", "-p:ObjWatch=true", "-p:ObjWatchStatics=false").ThatSucceeded();
        string[] without = project.Events();

        Assert.That(with, Has.Some.Contains("upd @.Counter.s_total 0 -> 7"));
        Assert.That(without, Has.None.Contains(" upd ").And.Some.Contains("run App.Counter.Increment"));
    }

    [Test]
    public void What_is_neither_true_nor_false_is_told_and_counts_as_not_set()
    {
        using ScratchProject project = ScratchProject.Counter();

        CommandResult woven = project.Build("-p:ObjWatch=on", "-p:ObjWatchStatics=no", "-p:ObjWatchLocals=maybe").ThatSucceeded();
        string[] arguments = File.ReadAllLines(project.PathOf("obj", "Debug", "net10.0", "App.objwatch.rsp"));
        CommandResult plain = project.Build("-p:ObjWatch=1").ThatSucceeded();

        Assert.That(woven.Output,
            Does.Contain("warning OBJW0603: The property ObjWatchLocals is 'maybe'").And.Not.Contain(
                "The property ObjWatch is").And.Not.Contain("ObjWatchStatics"));
        Assert.That(arguments, Does.Not.Contain("--locals").And.Some.EqualTo("--statics"));
        Assert.That(plain.Output, Does.Contain("warning OBJW0603: The property ObjWatch is '1'"));
        Assert.That(References(project.Assembly), Does.Not.Contain("ObjWatch.Runtime"));
    }

    [Test]
    public void A_library_for_several_frameworks_is_woven_for_each()
    {
        using ScratchProject project = new();
        project.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks></PropertyGroup>
              <ItemGroup>{ScratchProject.Reference("ObjWatch")}</ItemGroup>
            </Project>
            """);
        project.Write("Counter.cs", "public class Counter { public int Value; public void Increment() => Value++; }");

        project.Build("-p:ObjWatch=true").ThatSucceeded();

        foreach (string framework in new[] { "net10.0", "netstandard2.0" })
            Assert.That(References(project.PathOf("bin", "Debug", framework, "App.dll")), Does.Contain("ObjWatch.Runtime"));
    }

    [Test]
    public void A_Visual_Basic_project_is_woven()
    {
        using ScratchProject project = new();
        project.WriteProject(file: "App.vbproj");
        project.Write("Program.vb", """
            Public Class Counter
                Private _value As Integer
                Public Property Name As String
                Public Event Changed()
                Public Sub Increment()
                    _value = _value + 42
                    Name = "one"
                End Sub
            End Class
            Module Program
                Sub Main()
                    Dim counter As New Counter()
                    AddHandler counter.Changed, AddressOf Main
                    counter.Increment()
                End Sub
            End Module
            """);

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42").And.Some.Contains("upd Counter.Name null -> \"one\"")
            .And.Some.Contains("upd Counter.Changed null -> "));
    }

    [Test]
    public void An_FSharp_project_is_woven()
    {
        using ScratchProject project = new();
        project.WriteProject(references: ScratchProject.Reference("ObjWatch") + "<Compile Include=\"Program.fs\" />", file: "App.fsproj");
        project.Write("Program.fs", """
            module Program
            type Counter() =
                let mutable value = 0
                member val Name = "" with get, set
                member this.Increment() = value <- value + 42; this.Name <- "one"
            [<EntryPoint>]
            let main _ =
                Counter().Increment()
                0
            """);

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.Events(),
            Has.Some.Contains("upd Program.Counter.value 0 -> 42").And.Some.Contains("upd Program.Counter.Name \"\" -> \"one\""));
    }

    [Test]
    public void A_signed_assembly_is_signed_again()
    {
        using ScratchProject project =
            ScratchProject.Counter("<SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>key.snk</AssemblyOriginatorKeyFile>");
        using (RSACryptoServiceProvider key = new(2048))
            File.WriteAllBytes(project.PathOf("key.snk"), key.ExportCspBlob(includePrivateParameters: true));

        CommandResult build = project.Build("-p:ObjWatch=true").ThatSucceeded();

        Assert.That(build.Output, Does.Not.Contain("OBJW0412"));
        Assert.That(References(project.Assembly), Does.Contain("ObjWatch.Runtime"));
        Assert.That(Signature(project.Assembly), Has.Length.GreaterThan(0).And.Some.Not.Zero);
    }

    [TestCase("net10.0", false)]
    [TestCase("net472", true)]
    [TestCase("netstandard2.0", true)]
    public void A_signature_that_cannot_be_renewed_is_told_of_where_a_framework_checks_it(string framework, bool matters)
    {
        // Signed by the compiler, but not by a key that the project names.
        using ScratchProject project =
            ScratchProject.Counter("<CompilerResponseFile>sign.rsp</CompilerResponseFile><LangVersion>latest</LangVersion>");
        project.Write("App.csproj", File.ReadAllText(project.PathOf("App.csproj")).Replace("net10.0", framework, StringComparison.Ordinal));
        project.Write("sign.rsp", "/keyfile:key.snk");
        using (RSACryptoServiceProvider key = new(2048))
            File.WriteAllBytes(project.PathOf("key.snk"), key.ExportCspBlob(includePrivateParameters: true));

        CommandResult build = project.Build("-p:ObjWatch=true").ThatSucceeded();

        Assert.That(build.Output, matters ? Does.Contain("warning OBJW0412: ") : Does.Not.Contain("OBJW0412"));
    }

    [Test]
    public void A_project_without_the_runtime_library_is_told_so()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.WriteProject(references: ScratchProject.Reference("ObjWatch", "IncludeAssets=\"build\""));

        CommandResult build = project.Build("-p:ObjWatch=true").ThatFailed();

        Assert.That(build.Output, Does.Contain("error OBJW0601:").And.Contain("ObjWatch.Runtime"));
    }

    [Test]
    public void A_weaver_that_crashes_fails_the_build_and_nothing_else()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Write("no.dll", "not a program");

        CommandResult build = project.Build("-p:ObjWatch=true", "-p:ObjWatchWeaver=" + project.PathOf("no.dll")).ThatFailed();

        Assert.That(build.Output, Does.Contain("error OBJW0602:"));
        Assert.That(project.IntermediateAssembly, Does.Not.Exist);
    }

    private static string[] References(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        using PEReader image = new(file);
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();
    }

    private static byte[] Signature(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        using PEReader image = new(file);
        DirectoryEntry directory = image.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        return image.GetSectionData(directory.RelativeVirtualAddress).GetContent(0, directory.Size).ToArray();
    }
}
