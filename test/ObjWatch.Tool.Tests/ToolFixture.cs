using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Tool.Tests;

/// <summary>Runs objwatch-weave as its users do: as a process.</summary>
public abstract class ToolFixture
{
    /// <summary>A program with a little of everything.</summary>
    protected const string Source = """
        using System;
        namespace App;
        public enum Mode { Off, On }
        public class Counter
        {
            public int Value;
            public static int Total;
            public string Name { get; set; } = "";
            public void Add(int amount, Mode mode = Mode.On) { Value += amount; Total++; }
        }
        public static class Program
        {
            public static void Main()
            {
                var counter = new Counter { Name = "c" };
                counter.Add(2);
                Console.WriteLine("value " + counter.Value);
            }
        }
        """;

    private static readonly string ToolPath = Path.Combine(TestContext.CurrentContext.TestDirectory, "objwatch-weave.dll");

    private TemporaryDirectory _directory = null!;

    /// <summary>The test's folder.</summary>
    protected string Folder => _directory.Path;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    /// <summary>A path in the test's folder.</summary>
    protected string PathOf(string name) => _directory[name];

    /// <summary>Compiles the program into the test's folder.</summary>
    protected CompiledProgram CompileApp(SymbolForm symbols = SymbolForm.Portable, string? keyPath = null) =>
        Compiler.Compile(new CompileRequest
    {
        Name = "App",
        Sources = new Dictionary<string, string> { ["App.cs"] = Source },
        Directory = Folder,
        Symbols = symbols,
        KeyPath = keyPath,
    });

    /// <summary>Runs the tool.</summary>
    protected ProcessResult RunTool(params string[] arguments) => ProgramRunner.Run(ToolPath, arguments, workingDirectory: Folder);

    /// <summary>Runs the tool without the administrator's right to write wherever he likes. As another user it would depend on what that
    /// one may read.</summary>
    protected ProcessResult RunToolAsPlainUser(params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess)
            return RunTool(arguments);
        const string Rights = "-dac_override,-dac_read_search";
        return ProgramRunner.RunProcess("setpriv",
            ["--bounding-set=" + Rights, "--inh-caps=" + Rights, Framework.Host, ToolPath, .. arguments], workingDirectory: Folder);
    }

    /// <summary>Every file of the test's folder with its bytes.</summary>
    protected IReadOnlyDictionary<string, byte[]> Snapshot() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);

    /// <summary>Checks that the folder is as it was: every file byte for byte, none gone, none left over.</summary>
    protected void AssertUntouched(IReadOnlyDictionary<string, byte[]> before)
    {
        IReadOnlyDictionary<string, byte[]> after = Snapshot();
        Assert.That(after.Keys, Is.EquivalentTo(before.Keys));
        foreach (KeyValuePair<string, byte[]> file in before)
            Assert.That(after[file.Key], Is.EqualTo(file.Value), file.Key);
    }
}
