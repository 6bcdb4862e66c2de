using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>Projects that belong together: references, friends, tests, web, and builds of the same project at once.</summary>
internal sealed class SolutionTests
{
    private const string Library = """
        namespace Lib
        {
            public class Stock
            {
                public int Level;
                internal List<int> Steps = new();
                public void Add(int amount) { Level += amount; Steps.Add(amount); }
                internal void Reset() => Level = 0;
            }
        }
        """;

    [Test]
    public void A_solution_with_a_project_reference_and_a_friend_is_woven_whole()
    {
        using ScratchProject project = new();
        WriteLibrary(project, "<InternalsVisibleTo Include=\"App\" />");
        project.WriteProject(references: ScratchProject.Reference("ObjWatch") + "<ProjectReference Include=\"Lib/Lib.csproj\" />",
            properties: "<DefaultItemExcludes>$(DefaultItemExcludes);Lib/**</DefaultItemExcludes>");
        project.Write("Program.cs",
            "var stock = new Lib.Stock(); stock.Add(3); stock.Reset(); new Mine().Set(stock); class Mine { int _own; public void "
            + "Set(Lib.Stock s) => _own = s.Level + 9; }");
        project.Dotnet("new", "sln", "-n", "All").ThatSucceeded();
        project.Dotnet("sln", "add", "App.csproj", "Lib/Lib.csproj").ThatSucceeded();

        string solution = Path.GetFileName(Directory.GetFiles(project.Folder, "All.sln*").Single());
        project.Dotnet("build", solution, "-p:ObjWatch=true").ThatSucceeded();
        string[] woven = [project.IntermediateAssembly, project.PathOf("Lib", "obj", "Debug", "net10.0", "Lib.dll")];
        DateTime[] written = [.. woven.Select(File.GetLastWriteTimeUtc)];
        project.Dotnet("build", solution, "-p:ObjWatch=true").ThatSucceeded();
        Assert.That(woven.Select(File.GetLastWriteTimeUtc), Is.EqualTo(written),
            "nothing has changed, so nothing is compiled or woven again");
        project.Dotnet("run", "--no-build").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Stock.Level 0 -> 3").And.Some.Contains("upd Stock.Level 3 -> 0")
            .And.Some.Contains("apd Stock.Steps (List<int>)(len)0 -> 1").And.Some.Contains("upd Mine._own 0 -> 9"));
    }

    /// <summary>Such a reference hands the runtime library to the program and not to the compiler.</summary>
    [Test]
    public void One_reference_for_all_projects_stands_beside_their_versions()
    {
        using ScratchProject project = new();
        project.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><GlobalPackageReference Include="ObjWatch" Version="{Feed.Version}" /></ItemGroup>
            </Project>
            """);
        WriteLibrary(project, reference: "");
        project.WriteProject(references: "<ProjectReference Include=\"Lib/Lib.csproj\" />",
            properties: "<DefaultItemExcludes>$(DefaultItemExcludes);Lib/**</DefaultItemExcludes>");
        project.Write("Program.cs", "new Lib.Stock().Add(3);");

        project.Dotnet("publish", "-o", "out", "-p:ObjWatch=true").ThatSucceeded();
        project.Dotnet("out/App.dll").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Stock.Level 0 -> 3").And.Some.Contains("run Program.<Main>$"));
    }

    [Test]
    public void Dotnet_test_traces_the_code_under_test()
    {
        using ScratchProject project = new();
        WriteLibrary(project, "<InternalsVisibleTo Include=\"App\" />");
        project.WriteProject(
            properties: "<OutputType>Library</OutputType><IsTestProject>true</IsTestProject>"
                + "<DefaultItemExcludes>$(DefaultItemExcludes);Lib/**</DefaultItemExcludes>",
            references: """
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
                <PackageReference Include="NUnit" Version="4.4.0" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                <ProjectReference Include="Lib/Lib.csproj" />
                """);
        project.Write("Tests.cs",
            "public class Tests { [NUnit.Framework.Test] public void Adds() { var stock = new Lib.Stock(); stock.Add(5); "
            + "NUnit.Framework.Assert.That(stock.Level, NUnit.Framework.Is.EqualTo(5)); } }");

        project.Dotnet("test", "-p:ObjWatch=true", "-p:ObjWatchOutput=" + project.PathOf("App.objwatch")).ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("run Lib.Stock.Add <- 'this':Stock#").And.Some.Contains("upd Stock.Level 0 -> 5"));
    }

    [Test]
    public void A_web_project_is_woven()
    {
        using ScratchProject project = new();
        project.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
              <ItemGroup>{ScratchProject.Reference("ObjWatch")}</ItemGroup>
            </Project>
            """);
        project.Write("wwwroot/site.css", "body { }");
        project.Write("Program.cs", """
            var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(args);
            var app = builder.Build();
            var visits = new Visits();
            app.MapGet("/", () => visits.Count());
            app.Urls.Add("http://127.0.0.1:0");
            await app.StartAsync();
            using var client = new System.Net.Http.HttpClient();
            System.Console.WriteLine(await client.GetStringAsync(app.Urls.First()));
            await app.StopAsync();

            class Visits { int _count; public string Count() => "visit " + ++_count; }
            """);
        project.Write("Usings.cs", "global using System.Linq; global using Microsoft.AspNetCore.Builder;");

        CommandResult run = project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(run.Output, Does.Contain("visit 1"));
        Assert.That(project.Events(), Has.Some.Contains("upd Visits._count 0 -> 1").And.Some.Contains("end Visits.Count -> \"visit 1\""));
    }

    [Test]
    public void Builds_of_the_same_project_at_once_leave_it_woven()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Dotnet("restore").ThatSucceeded();

        // They fight for the same files, so one may fail as it would without ObjWatch; what is there afterwards counts.
        Parallel.For(0, 2, _ => project.Build("--no-restore", "-p:ObjWatch=true"));
        project.Build("--no-restore", "-p:ObjWatch=true").ThatSucceeded();

        project.Dotnet("run", "--no-build").ThatSucceeded();
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    private static void WriteLibrary(ScratchProject project, string items = "", string? reference = null)
    {
        project.Write("Lib/Lib.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{reference ?? ScratchProject.Reference("ObjWatch")}{items}</ItemGroup>
            </Project>
            """);
        project.Write("Lib/Stock.cs", "using System.Collections.Generic;\n" + Library);
    }
}
