using System.IO;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a build loads is not woven, in whatever way the switch reaches its project: the build would not find the runtime
/// library.</summary>
internal sealed class BuildComponentTests
{
    private const string Names =
        "namespace Shared { public class Names { private int _count; public string Next() { _count = _count + 1; return \"Made\" + "
        + "_count; } } }";

    private const string NetStandard = "<TargetFramework>netstandard2.0</TargetFramework>";

    /// <summary>The library is loaded by the compiler, where it must be as it was, and by the program, where it must be woven.</summary>
    [Test]
    public void A_solution_with_a_source_generator_and_a_library_of_its_own_is_built_and_traced()
    {
        using ScratchProject solution = new("Solution");
        solution.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup>
                <GlobalPackageReference Include="ObjWatch" Version="{Feed.Version}" />
                <PackageVersion Include="Microsoft.CodeAnalysis.CSharp" Version="5.0.0" />
              </ItemGroup>
            </Project>
            """);
        solution.Write("Shared/Names.cs", Names);
        solution.Write("Shared/Shared.csproj", Library(NetStandard));
        solution.Write("Generator/Generator.cs", """
            using Microsoft.CodeAnalysis;
            [Generator(LanguageNames.CSharp)]
            public class Generator : IIncrementalGenerator
            {
                private int _calls;
                public void Initialize(IncrementalGeneratorInitializationContext context)
                {
                    _calls = _calls + 1;
                    context.RegisterPostInitializationOutput(made => made.AddSource("made.cs",
                        $"public class {new Shared.Names().Next()} {{ public int Value; public void Set(int n) => Value = n; }}"));
                }
            }
            """);
        solution.Write("Generator/Generator.csproj", Library(
            NetStandard + "<LangVersion>latest</LangVersion><NoWarn>RS1036</NoWarn>",
            "<PackageReference Include=\"Microsoft.CodeAnalysis.CSharp\" PrivateAssets=\"all\" /><ProjectReference "
            + "Include=\"../Shared/Shared.csproj\" PrivateAssets=\"all\" />"));
        solution.Write("App/Program.cs", "var made = new Made1(); made.Set(7); System.Console.WriteLine(new Shared.Names().Next());");
        solution.Write("App/App.csproj", Library("<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType>", """
            <ProjectReference Include="../Generator/Generator.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
            <ProjectReference Include="../Shared/Shared.csproj" OutputItemType="Analyzer" />
            """));
        solution.Dotnet("new", "sln", "-n", "All", "--format", "sln").ThatSucceeded();
        solution.Dotnet("sln", "All.sln", "add", "Shared", "Generator", "App").ThatSucceeded();

        CommandResult build = solution.Dotnet("build", "All.sln", "-m:1", "-v:n", "-p:ObjWatch=true").ThatSucceeded();
        CommandResult run = solution.Dotnet("run", "--no-build", "--project", "App").ThatSucceeded();

        Assert.That(build.Output,
            Does.Contain(" 0 Warning(s)").And.Contain("message OBJW0015: ").And.Contain("Generator is a source generator"));
        Assert.That(run.Output.Trim(), Is.EqualTo("Made1"));
        Assert.That(solution.Events(), Has.Some.Contains("upd Made1.Value 0 -> 7").And.Some.Contains("upd Names._count 0 -> 1"));
        // Whoever hands the generator's whole folder to the compiler finds nothing woven there.
        Assert.That(
            File.ReadAllBytes(solution.PathOf("Generator", "bin", "Debug", "netstandard2.0", "Shared.dll")),
            Is.EqualTo(File.ReadAllBytes(solution.PathOf("Shared", "obj", "Debug", "netstandard2.0", "unwoven", "Shared.dll"))));

        solution.Dotnet("clean", "All.sln", "-p:ObjWatch=true").ThatSucceeded();
        Assert.That(Directory.GetFiles(solution.PathOf("Shared", "obj", "Debug"), "*.dll", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void A_task_that_the_build_runs_from_the_output_of_its_project_is_not_woven_nor_is_what_it_uses()
    {
        using ScratchProject solution = new("Solution");
        solution.Write("Directory.Build.props", $"<Project><ItemGroup>{ScratchProject.Reference("ObjWatch")}</ItemGroup></Project>");
        solution.Write("Shared/Names.cs", Names);
        solution.Write("Shared/Shared.csproj", Library(NetStandard));
        solution.Write("Tasks/Make.cs", """
            public abstract class Step : Microsoft.Build.Utilities.Task { }
            public class Make : Step
            {
                private int _calls;
                public override bool Execute() { _calls = _calls + 1; Log.LogWarning("made " + new Shared.Names().Next()); return true; }
            }
            """);
        solution.Write("Tasks/Tasks.csproj", Library(
            NetStandard,
            "<PackageReference Include=\"Microsoft.Build.Utilities.Core\" Version=\"18.0.2\" /><ProjectReference "
            + "Include=\"../Shared/Shared.csproj\" />"));
        solution.Write("App/Program.cs", "System.Console.WriteLine(new Shared.Names().Next());");
        solution.Write("App/App.csproj", Library("<TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType>", """
            <ProjectReference Include="../Tasks/Tasks.csproj" ReferenceOutputAssembly="false" />
            <ProjectReference Include="../Shared/Shared.csproj" />
            """, """
            <UsingTask TaskName="Make" AssemblyFile="../Tasks/bin/Debug/netstandard2.0/Tasks.dll" TaskFactory="TaskHostFactory" />
            <Target Name="RunMake" BeforeTargets="CoreCompile"><Make /></Target>
            """));

        CommandResult build = solution.Dotnet("build", "App", "-m:1", "-p:ObjWatch=true").ThatSucceeded();
        solution.Dotnet("run", "--no-build", "--project", "App").ThatSucceeded();

        Assert.That(build.Output, Does.Contain("made Made1"));
        Assert.That(solution.Events(), Has.Some.Contains("upd Names._count 0 -> 1"));
    }

    [TestCase("<ObjWatchIgnore>true</ObjWatchIgnore>", false)]
    [TestCase("<IsRoslynComponent>true</IsRoslynComponent>", false)]
    [TestCase("<EnforceExtendedAnalyzerRules>true</EnforceExtendedAnalyzerRules>", false)]
    [TestCase("<IsRoslynComponent>true</IsRoslynComponent><ObjWatchIgnore>false</ObjWatchIgnore>", true)]
    public void What_a_project_says_of_itself_goes_before_the_command_line(string properties, bool isWoven)
    {
        using ScratchProject project = ScratchProject.Counter(properties);

        project.Build("-p:ObjWatch=true", "-v:q").ThatSucceeded();

        Assert.That(project.PathOf("obj", "Debug", "net10.0", "App.objwatch.woven"), isWoven ? Does.Exist : Does.Not.Exist);
    }

    private static string Library(string properties, string items = "", string rest = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>{properties}</PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
          {rest}
        </Project>
        """;
}
