using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Tool.Tests;

/// <summary>Bad input gets one message with a code that names the file, an exit code, and leaves everything as it was.</summary>
public sealed class BadInputTests : ToolFixture
{
    [Test]
    public void No_such_file() => AssertRefused("Missing.dll", "OBJW0001");

    [Test]
    public void A_folder()
    {
        Directory.CreateDirectory(PathOf("App.dll"));
        AssertRefused("App.dll", "OBJW0002");
    }

    [Test]
    public void An_empty_file()
    {
        File.WriteAllBytes(PathOf("App.dll"), []);
        AssertRefused("App.dll", "OBJW0003");
    }

    [Test]
    public void A_text_file_named_dll()
    {
        File.WriteAllText(PathOf("App.dll"), "My first assembly");
        AssertRefused("App.dll", "OBJW0004");
    }

    [Test]
    public void A_native_library_of_this_system()
    {
        string native = Directory.EnumerateFiles(Framework.SharedDirectory)
            .First(path => Path.GetFileNameWithoutExtension(path).EndsWith("coreclr", StringComparison.Ordinal));
        File.Copy(native, PathOf("App.dll"));
        AssertRefused("App.dll", "OBJW0005");
    }

    [Test]
    public void A_native_library_of_Windows()
    {
        byte[] image = File.ReadAllBytes(CompileApp().AssemblyPath);
        Array.Clear(image, CliDirectoryOf(image), 8);
        File.WriteAllBytes(PathOf("App.dll"), image);
        AssertRefused("App.dll", "OBJW0005");
    }

    [TestCase(3)]
    [TestCase(100)]
    [TestCase(300)]
    [TestCase(-1)]
    [TestCase(-1500)]
    public void A_truncated_assembly(int length)
    {
        byte[] image = File.ReadAllBytes(CompileApp().AssemblyPath);
        File.WriteAllBytes(PathOf("App.dll"), image[..(length > 0 ? length : image.Length + length)]);
        AssertRefused("App.dll", "OBJW0006");
    }

    [Test]
    public void Damaged_metadata()
    {
        byte[] image = File.ReadAllBytes(CompileApp().AssemblyPath);
        int metadata = image.AsSpan().IndexOf("BSJB"u8);
        image.AsSpan(metadata + 16, 64).Fill(0xFF);
        File.WriteAllBytes(PathOf("App.dll"), image);
        AssertRefused("App.dll", "OBJW0006");
    }

    [Test]
    public void A_ReadyToRun_image()
    {
        File.Copy(Path.Combine(Framework.SharedDirectory, "System.Linq.dll"), PathOf("App.dll"));
        AssertRefused("App.dll", "OBJW0007");
    }

    /// <summary>The flag in its header says that an assembly holds nothing but IL.</summary>
    [Test]
    public void A_mixed_mode_assembly()
    {
        byte[] image = File.ReadAllBytes(CompileApp().AssemblyPath);
        using (var reader = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(image)))
            image[reader.PEHeaders.CorHeaderStartOffset + 16] &= 0xFE;
        File.WriteAllBytes(PathOf("App.dll"), image);
        AssertRefused("App.dll", "OBJW0008");
    }

    [Test]
    public void A_reference_assembly()
    {
        File.Copy(Framework.ReferenceAssemblies().First(path => Path.GetFileName(path) == "System.Linq.dll"), PathOf("App.dll"));
        AssertRefused("App.dll", "OBJW0009");
    }

    [TestCase("ObjWatch.Runtime.dll")]
    [TestCase("ObjWatch.Trace.dll")]
    [TestCase("objwatch-weave.dll")]
    public void A_part_of_ObjWatch(string name)
    {
        File.Copy(Path.Combine(TestContext.CurrentContext.TestDirectory, name), PathOf(name));
        AssertRefused(name, "OBJW0011");
    }

    [Test]
    public void An_assembly_woven_with_other_options()
    {
        CompileApp();
        Assert.That(RunTool("App.dll").ExitCode, Is.Zero);
        string message = AssertRefused("App.dll", "OBJW0013", "--locals");
        Assert.That(message, Does.Contain("Locals").And.Contain("build it again"));
    }

    [Test]
    public void A_missing_reference()
    {
        CompiledProgram library =
            Compiler.Compile("Library", "public enum Color { Red } public struct Point { public int X; }", optimize: false,
                PathOf("library"));
        Compiler.Compile("App",
            "public class Painter { public Point At; public void Paint(Color color = Color.Red) { At = new Point(); } }", false, Folder,
            library.AssemblyPath);
        File.Delete(PathOf("Library.dll"));
        string message = AssertRefused("App.dll", "OBJW0101");
        Assert.That(message, Does.Contain("Library, Version=0.0.0.0").And.Contain("--reference"));
        Assert.That(RunTool("App.dll", "--reference", PathOf("library")).ExitCode, Is.Zero);
    }

    [TestCase("App:User.Save(int)", "column 15")]
    [TestCase("App.", "column 5")]
    public void A_target_with_a_syntax_error(string target, string place)
    {
        CompileApp();
        Assert.That(AssertRefused("App.dll", "OBJW0201", "-t", target), Does.Contain(place).And.Contain(target));
    }

    [Test]
    public void Targets_that_match_nothing()
    {
        CompileApp();
        Assert.That(AssertRefused("App.dll", "OBJW0203", "-t", "App.Counter"), Does.Contain("'App:Counter'"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_key_that_is_not_there(bool strongName)
    {
        File.WriteAllBytes(PathOf("key.snk"), StrongNameKey.Create());
        CompileApp(keyPath: strongName ? PathOf("key.snk") : null);
        AssertRefused("App.dll", "OBJW0410", "--key", "other.snk");
    }

    [Test]
    public void A_key_of_another_identity()
    {
        File.WriteAllBytes(PathOf("key.snk"), StrongNameKey.Create());
        File.WriteAllBytes(PathOf("other.snk"), StrongNameKey.Create());
        CompileApp(keyPath: PathOf("key.snk"));
        AssertRefused("App.dll", "OBJW0411", "--key", "other.snk");
    }

    [Test]
    public void A_runtime_library_that_is_not_there()
    {
        CompileApp();
        AssertRefused("App.dll", "OBJW0110", "--runtime", "nowhere/ObjWatch.Runtime.dll");
    }

    [Test]
    public void A_runtime_library_that_is_something_else()
    {
        CompileApp();
        File.Copy(typeof(TestAttribute).Assembly.Location, PathOf("Other.dll"));
        AssertRefused("App.dll", "OBJW0111", "--runtime", "Other.dll");
    }

    [Test]
    public void A_damaged_program_description()
    {
        CompileApp();
        File.WriteAllText(PathOf("App.runtimeconfig.json"), "{ not json");
        AssertRefused("App.dll", "OBJW0503");
    }

    [Test]
    public void A_framework_that_is_not_installed()
    {
        CompileApp();
        File.WriteAllText(PathOf("App.runtimeconfig.json"),
            """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "99.0.0" } } }""");
        AssertRefused("App.dll", "OBJW0502");
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void A_read_only_directory()
    {
        CompileApp();
        const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        UnixFileMode former = File.GetUnixFileMode(Folder);
        File.SetUnixFileMode(Folder, ReadOnly);
        try
        {
            AssertRefused(RunToolAsPlainUser, ["App.dll", "--no-deploy"], "OBJW0402");
            AssertRefused(RunToolAsPlainUser, ["App.dll"], "OBJW0504");
        }
        finally
        {
            File.SetUnixFileMode(Folder, former);
        }
    }

    [Test]
    public void An_output_folder_that_cannot_be_made()
    {
        CompileApp();
        File.WriteAllText(PathOf("out"), "a file");
        AssertRefused("App.dll", "OBJW0402", "-o", "out", "--no-deploy");
    }

    [TestCase("--no-such-option", "--no-such-option")]
    [TestCase("--reference", "--reference")]
    [TestCase("'--locals=maybe'", "--locals=maybe")]
    [TestCase("'--statics no'", "--statics", "no")]
    public void A_wrong_command_line(string named, params string[] arguments)
    {
        CompileApp();
        IReadOnlyDictionary<string, byte[]> before = Snapshot();
        ProcessResult result = RunTool(["App.dll", .. arguments]);
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(result.Error, Does.StartWith("objwatch-weave : error OBJW0501: ").And.Contain(named));
        AssertUntouched(before);
    }

    [Test]
    public void No_arguments_at_all()
    {
        ProcessResult result = RunTool();
        Assert.That((result.ExitCode, result.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(result.Error, Does.Contain("OBJW0501"));
    }

    [Test]
    public void One_bad_assembly_does_not_keep_the_others_from_being_woven()
    {
        CompileApp();
        ProcessResult result = RunTool("Missing.dll", "App.dll");
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        Assert.That(result.Output, Does.Contain("objwatch-weave: App.dll: "));
    }

    private string AssertRefused(string file, string code, params string[] arguments) => AssertRefused(RunTool, [file, .. arguments], code);

    private string AssertRefused(Func<string[], ProcessResult> run, string[] arguments, string code)
    {
        IReadOnlyDictionary<string, byte[]> before = Snapshot();
        ProcessResult result = run(arguments);
        Assert.That(result.ErrorLines, Has.Length.EqualTo(1), result.Error);
        Assert.That(result.Error, Does.Contain($" : error {code}: "));
        Assert.That(result.Output, Is.Empty);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        AssertUntouched(before);
        return result.Error;
    }

    private static int CliDirectoryOf(byte[] image)
    {
        int optionalHeader = BitConverter.ToInt32(image, 0x3C) + 24;
        return optionalHeader + (BitConverter.ToUInt16(image, optionalHeader) == 0x20B ? 112 : 96) + (14 * 8);
    }
}
