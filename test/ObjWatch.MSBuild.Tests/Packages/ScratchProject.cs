using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>A user's project, in a folder of its own that goes away with it.</summary>
internal sealed class ScratchProject : IDisposable
{
    private const string CounterProgram = """
        new App.Models.Counter().Increment();
        System.Console.WriteLine("counted");

        namespace App.Models
        {
            internal sealed class Counter
            {
                private int _value;

                public void Increment() => _value += 42;
            }
        }
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("objwatch-project-");

    /// <summary>An empty folder with the package sources set.</summary>
    /// <param name="folder">The name of the project's folder.</param>
    public ScratchProject(string folder = "App")
    {
        Folder = _root.CreateSubdirectory(folder).FullName;
        File.WriteAllText(Path.Combine(_root.FullName, "nuget.config"), Feed.Configuration);
    }

    /// <summary>The project's folder.</summary>
    public string Folder { get; }

    /// <summary>The compiled assembly between compiler and output folder.</summary>
    public string IntermediateAssembly => PathOf("obj", "Debug", "net10.0", "App.dll");

    /// <summary>The assembly that runs.</summary>
    public string Assembly => PathOf("bin", "Debug", "net10.0", "App.dll");

    /// <summary>The trace that a run with this project's folder as working directory leaves.</summary>
    public string Trace => PathOf("App.objwatch");

    /// <summary>A program whose counter goes from 0 to 42, with the package ObjWatch.</summary>
    public static ScratchProject Counter(string properties = "", string folder = "App")
    {
        ScratchProject project = new(folder);
        project.WriteProject(properties);
        project.Write("Program.cs", CounterProgram);
        return project;
    }

    /// <summary>Writes the project file.</summary>
    public void WriteProject(string properties = "", string? references = null, string file = "App.csproj") => Write(file, $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {references ?? Reference("ObjWatch")}
          </ItemGroup>
        </Project>
        """);

    /// <summary>A reference to one of the packages under test.</summary>
    public static string Reference(string package, string attributes = "") =>
        $"<PackageReference Include=\"{package}\" Version=\"{Feed.Version}\" {attributes} />";

    /// <summary>Writes a file of the project, in a folder that may not be there yet.</summary>
    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>The path of a file in the project's folder.</summary>
    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Runs <c>dotnet</c> in the project's folder.</summary>
    public CommandResult Dotnet(params string[] arguments) => Command.Dotnet(Folder, arguments);

    /// <summary><c>dotnet build</c> with options.</summary>
    public CommandResult Build(params string[] options) => Dotnet(["build", "-m:1", .. options]);

    /// <summary>The lines of the trace that are events.</summary>
    public string[] Events()
    {
        Assert.That(Trace, Does.Exist);
        return File.ReadLines(Trace).Where(TraceLine.IsEvent).ToArray();
    }

    public void Dispose() => _root.Delete(recursive: true);
}
