using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.PortableExecutable;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Tool.Tests;

/// <summary>What becomes of strong names.</summary>
public sealed class SigningTests : ToolFixture
{
    [Test]
    public void A_strong_named_assembly_is_signed_again_with_its_key()
    {
        File.WriteAllBytes(PathOf("key.snk"), StrongNameKey.Create());
        CompiledProgram program = CompileApp(keyPath: PathOf("key.snk"));
        byte[] before = SignatureOf(program.AssemblyPath);

        ProcessResult result = RunTool("App.dll", "--key", "key.snk");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        byte[] after = SignatureOf(program.AssemblyPath);
        Assert.That(after, Has.Length.EqualTo(before.Length).And.Not.EqualTo(before).And.Some.Not.EqualTo((byte)0));
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).ExitCode, Is.Zero);
    }

    [Test]
    public void A_strong_named_assembly_without_its_key_keeps_its_identity()
    {
        File.WriteAllBytes(PathOf("key.snk"), StrongNameKey.Create());
        CompiledProgram program = CompileApp(keyPath: PathOf("key.snk"));
        string before = System.Reflection.AssemblyName.GetAssemblyName(program.AssemblyPath).FullName;

        ProcessResult result = RunTool("App.dll");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")), ".NET checks no signature, so there is nothing to say");
        Assert.That(System.Reflection.AssemblyName.GetAssemblyName(program.AssemblyPath).FullName, Is.EqualTo(before));
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).ExitCode, Is.Zero);
    }

    [TestCase(".NETFramework,Version=v4.7.2", true)]
    [TestCase(".NETStandard,Version=v2.0", true)]
    [TestCase(".NETCoreApp,Version=v8.0", false)]
    public void The_signature_of_a_library_on_its_own_matters_where_a_framework_checks_it(string framework, bool matters)
    {
        CompileSigned("Library", framework);

        ProcessResult result = RunTool("Library.dll");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, matters
            ? Does.StartWith("Library.dll : warning OBJW0412: the assembly was strong-name signed; ") : Is.Empty);
    }

    [TestCase(false, "One.dll : warning OBJW0412: the assembly was strong-name signed (and 2 more of this run); ")]
    [TestCase(true, null)]
    public void Signed_libraries_of_a_folder_are_told_of_once_and_not_at_all_beside_a_program_for_NET(bool isOfProgram, string? expected)
    {
        string[] names = ["One", "Two", "Three"];
        foreach (string name in names)
            CompileSigned(name, ".NETStandard,Version=v2.0");
        if (isOfProgram)
            CompileApp();

        ProcessResult result = RunTool([.. names.Select(name => name + ".dll")]);

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.ErrorLines.SingleOrDefault(), expected is null ? Is.Null : Does.StartWith(expected));
    }

    [Test]
    public void An_Authenticode_signature_is_taken_off_and_told()
    {
        CompiledProgram program = CompileApp();
        AddCertificate(program.AssemblyPath);
        Assert.That(CertificateSize(program.AssemblyPath), Is.Not.Zero);

        ProcessResult result = RunTool("App.dll");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.ErrorLines.Single(), Does.Contain("App.dll : warning OBJW0413: "));
        Assert.That(CertificateSize(program.AssemblyPath), Is.Zero);
        Assert.That(RunTool("App.dll").Error, Does.Not.Contain("OBJW0413"));
    }

    [Test]
    public void A_delay_signed_assembly_stays_one_without_a_word()
    {
        File.WriteAllBytes(PathOf("key.snk"), StrongNameKey.Create());
        Compiler.Compile(new CompileRequest
        {
            Name = "App",
            Sources = new Dictionary<string, string> { ["App.cs"] = Source },
            Directory = Folder,
            KeyPath = PathOf("key.snk"),
            DelaySign = true,
        });
        byte[] before = SignatureOf(PathOf("App.dll"));

        ProcessResult result = RunTool("App.dll", "--key", "key.snk");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(SignatureOf(PathOf("App.dll")), Is.EqualTo(before).And.All.EqualTo((byte)0));
    }

    private void CompileSigned(string name, string framework)
    {
        string key = PathOf("key.snk");
        if (!File.Exists(key))
            File.WriteAllBytes(key, StrongNameKey.Create());
        Compiler.Compile(new CompileRequest
        {
            Name = name,
            Sources = new Dictionary<string, string>
            {
                [name + ".cs"] = $$"""
                    [assembly: System.Runtime.Versioning.TargetFramework("{{framework}}")]
                    public class {{name}} { public int Value; public void Add(int number) => Value += number; }
                    """,
            },
            Directory = Folder,
            KeyPath = key,
        });
    }

    /// <summary>Puts a signature where a signing tool does: behind the image, with its place in the fifth of the header's
    /// directories.</summary>
    private static void AddCertificate(string path)
    {
        const int CertificateDirectory = 4;
        List<byte> image = [.. File.ReadAllBytes(path)];
        PEHeaders headers = new(new MemoryStream([.. image]));
        int directories = headers.PEHeaderStartOffset + (headers.PEHeader!.Magic == PEMagic.PE32Plus ? 112 : 96);
        image.AddRange(new byte[(8 - (image.Count % 8)) % 8]);
        byte[] place = [.. BitConverter.GetBytes(image.Count), .. BitConverter.GetBytes(16)];
        for (int i = 0; i < place.Length; i++)
            image[directories + (CertificateDirectory * 8) + i] = place[i];
        image.AddRange([16, 0, 0, 0, 0, 2, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        File.WriteAllBytes(path, [.. image]);
    }

    private static int CertificateSize(string path) =>
        new PEHeaders(new MemoryStream(File.ReadAllBytes(path))).PEHeader!.CertificateTableDirectory.Size;

    private static byte[] SignatureOf(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using var reader = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(image));
        System.Reflection.PortableExecutable.DirectoryEntry signature = reader.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        Assert.That(reader.PEHeaders.TryGetDirectoryOffset(signature, out int offset));
        return image[offset..(offset + signature.Size)];
    }
}
