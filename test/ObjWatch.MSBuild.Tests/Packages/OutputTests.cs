using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What leaves the build: for each framework, with a publish profile, in packages.</summary>
internal sealed class OutputTests
{
    private const string Library = "public class Counter { public int Value; public void Increment() => Value++; }";

    [Test]
    public void Each_framework_has_its_own_switch()
    {
        using ScratchProject project = new();
        project.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>
                <ObjWatch Condition="'$(TargetFramework)' == 'net10.0'">true</ObjWatch>
              </PropertyGroup>
              <ItemGroup>{ScratchProject.Reference("ObjWatch")}</ItemGroup>
            </Project>
            """);
        project.Write("Counter.cs", Library);

        project.Build().ThatSucceeded();

        Assert.That(IsWoven(File.ReadAllBytes(project.Assembly)), Is.True);
        Assert.That(IsWoven(File.ReadAllBytes(project.PathOf("bin", "Debug", "netstandard2.0", "App.dll"))), Is.False);
    }

    [Test]
    public void A_publish_profile_switches_it_on_and_the_command_line_off()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Write("Properties/PublishProfiles/Traced.pubxml",
            "<Project><PropertyGroup><PublishDir>out/</PublishDir><ObjWatch>true</ObjWatch></PropertyGroup></Project>");
        string published = project.PathOf("out", "App.dll");

        project.Dotnet("publish", "-m:1", "-p:PublishProfile=Traced").ThatSucceeded();
        bool byProfile = IsWoven(File.ReadAllBytes(published));
        project.Dotnet("publish", "-m:1", "-p:PublishProfile=Traced", "-p:ObjWatch=false").ThatSucceeded();

        Assert.That(byProfile, Is.True);
        Assert.That(IsWoven(File.ReadAllBytes(published)), Is.False);
    }

    [Test]
    public void Pack_without_build_packs_what_is_woven_and_its_symbols()
    {
        using ScratchProject project = new();
        project.WriteProject(
            "<OutputType>Library</OutputType><IncludeSymbols>true</IncludeSymbols>"
            + "<SymbolPackageFormat>snupkg</SymbolPackageFormat><Version>1.0.0-a</Version>");
        project.Write("Counter.cs", Library);
        project.Build("-c", "Release", "-p:ObjWatch=true").ThatSucceeded();

        project.Dotnet("pack", "--no-build", "-o", "out").ThatSucceeded();

        byte[] assembly = Entry(project.PathOf("out", "App.1.0.0-a.nupkg"), "App.dll");
        byte[] symbols = Entry(project.PathOf("out", "App.1.0.0-a.snupkg"), "App.pdb");
        Assert.That(IsWoven(assembly), Is.True);
        Assert.That(assembly, Is.EqualTo(File.ReadAllBytes(project.PathOf("bin", "Release", "net10.0", "App.dll"))));
        using PEReader image = new(new MemoryStream(assembly));
        Assert.That(
            image.TryOpenAssociatedPortablePdb("App.dll", _ => new MemoryStream(symbols), out MetadataReaderProvider? provider, out _),
            Is.True);
        provider!.Dispose();
    }

    private static byte[] Entry(string package, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream entry = archive.Entries.Single(entry => entry.Name == name).Open();
        using MemoryStream bytes = new();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool IsWoven(byte[] assembly)
    {
        using PEReader image = new(new MemoryStream(assembly));
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle =>
            metadata.GetString(metadata.GetAssemblyReference(handle).Name) == "ObjWatch.Runtime");
    }
}
