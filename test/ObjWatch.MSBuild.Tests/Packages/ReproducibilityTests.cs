using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a build server makes of a woven project can be checked: by building it again elsewhere, and by what assembly and symbols
/// say of one another.</summary>
internal sealed class ReproducibilityTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly Guid _sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Test]
    public void The_same_source_in_another_folder_makes_the_same_bytes()
    {
        (byte[] assembly, byte[] symbols) one = Build("App");
        (byte[] assembly, byte[] symbols) other = Build("A copy");

        Assert.That(other.assembly, Is.EqualTo(one.assembly));
        Assert.That(other.symbols, Is.EqualTo(one.symbols));
        AssertThatSymbolsBelong(one.assembly, one.symbols);
        Assert.That(SourceLink(one.symbols), Does.Contain($"https://raw.githubusercontent.com/owner/app/{Commit}/*"));
    }

    private static (byte[] Assembly, byte[] Symbols) Build(string folder)
    {
        using ScratchProject project = ScratchProject.Counter("<DebugType>portable</DebugType>", folder);
        // As much of a repository as the SDK reads.
        Directory.CreateDirectory(project.PathOf(".git", "refs", "heads"));
        Directory.CreateDirectory(project.PathOf(".git", "objects"));
        project.Write(".git/HEAD", "ref: refs/heads/main\n");
        project.Write(".git/refs/heads/main", Commit + "\n");
        project.Write(".git/config", "[remote \"origin\"]\n\turl = https://github.com/owner/app.git\n");
        project.Build("-c", "Release", "-p:ContinuousIntegrationBuild=true", "-p:ObjWatch=true").ThatSucceeded();
        string assembly = project.PathOf("bin", "Release", "net10.0", "App.dll");
        return (File.ReadAllBytes(assembly), File.ReadAllBytes(Path.ChangeExtension(assembly, ".pdb")));
    }

    private static void AssertThatSymbolsBelong(byte[] assembly, byte[] symbols)
    {
        using PEReader image = new(new MemoryStream(assembly));
        DebugDirectoryEntry[] entries = [.. image.ReadDebugDirectory()];
        PdbChecksumDebugDirectoryData checksum =
            image.ReadPdbChecksumDebugDirectoryData(entries.Single(entry => entry.Type == DebugDirectoryEntryType.PdbChecksum));
        DebugDirectoryEntry codeView = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        DebugMetadataHeader header = provider.GetMetadataReader().DebugMetadataHeader!;
        byte[] withoutId = [.. symbols];
        Array.Clear(withoutId, header.IdStartOffset, 20);

        Assert.That(checksum.AlgorithmName, Is.EqualTo("SHA256"));
        Assert.That(checksum.Checksum, Is.EqualTo(SHA256.HashData(withoutId)));
        Assert.That(new BlobContentId(header.Id),
            Is.EqualTo(new BlobContentId(image.ReadCodeViewDebugDirectoryData(codeView).Guid, codeView.Stamp)));
        Assert.That(entries.Select(entry => entry.Type), Does.Contain(DebugDirectoryEntryType.Reproducible));
    }

    private static string SourceLink(byte[] symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        CustomDebugInformation information = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(reader.GetCustomDebugInformation).Single(information => reader.GetGuid(information.Kind) == _sourceLink);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value));
    }
}
