using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>A project that compiles nothing has nothing to weave, and builds as it does without the switch.</summary>
internal sealed class NothingToCompileTests
{
    [Test]
    public void A_project_of_the_SDK_for_such_projects_is_built()
    {
        using ScratchProject project = new();
        project.Write("App.csproj", $"""
            <Project Sdk="Microsoft.Build.NoTargets/3.7.0">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{ScratchProject.Reference("ObjWatch")}</ItemGroup>
            </Project>
            """);

        CommandResult build = project.Build("-p:ObjWatch=true").ThatSucceeded();

        Assert.That(build.Output, Does.Contain("0 Warning(s)"));
    }

    /// <summary>As Microsoft.Build.Traversal makes them: the targets of the SDK, and a build of its own.</summary>
    [Test]
    public void A_project_that_only_builds_others_is_built_and_they_are_woven()
    {
        using ScratchProject solution = new("Solution");
        solution.WriteProject(file: "App/App.csproj");
        solution.Write("App/Program.cs",
            "new Counter().Add(42); class Counter { private int _value; public void Add(int number) => _value += number; }");
        solution.Write("dirs.proj", $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreProjectStyle>PackageReference</RestoreProjectStyle>
                <AutomaticallyUseReferenceAssemblyPackages>false</AutomaticallyUseReferenceAssemblyPackages>
                <DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences>
              </PropertyGroup>
              <ItemGroup>
                {ScratchProject.Reference("ObjWatch")}
                <ProjectReference Include="App/App.csproj" ReferenceOutputAssembly="false" SkipGetTargetFrameworkProperties="true" />
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Target Name="Build"><MSBuild Projects="@(ProjectReference)" Targets="Build" /></Target>
            </Project>
            """);

        solution.Dotnet("build", "dirs.proj", "-p:ObjWatch=true").ThatSucceeded();
        solution.Dotnet("run", "--no-build", "--project", "App").ThatSucceeded();

        Assert.That(solution.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    [Test]
    public void A_shared_project_is_woven_with_the_project_that_imports_it()
    {
        using ScratchProject project = new();
        project.WriteProject("<EnableDefaultCompileItems>false</EnableDefaultCompileItems>", """
            <Compile Include="Program.cs" />
            """ + ScratchProject.Reference("ObjWatch")
            + "</ItemGroup><Import Project=\"Shared/Shared.projitems\" Label=\"Shared\" /><ItemGroup>");
        project.Write("Shared/Shared.projitems",
            "<Project><ItemGroup><Compile Include=\"$(MSBuildThisFileDirectory)Part.cs\" /></ItemGroup></Project>");
        project.Write("Shared/Part.cs", "public class Part { public int Value; public void Set(int value) => Value = value; }");
        project.Write("Program.cs", "new Part().Set(3);");

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Part.Value 0 -> 3"));
    }
}
