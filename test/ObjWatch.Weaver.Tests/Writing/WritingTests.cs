using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Writing;

/// <summary>What is written: the same every time, runnable, with its symbols, and nothing of the weaver's own framework in it.</summary>
public sealed class WritingTests : WeaverFixture
{
    private const string Source = """
        using System;
        namespace App;
        public static class Program
        {
            public static void Main()
            {
                Console.WriteLine("hello");
                try { Fail(); }
                catch (InvalidOperationException exception) { Console.WriteLine(exception.StackTrace); }
            }

            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            private static void Fail() => throw new InvalidOperationException("no");
        }
        """;

    [Test]
    public void A_woven_program_does_what_it_did([Values] SymbolForm symbols, [Values] bool optimize)
    {
        CompiledProgram program = Compile("App", symbols, optimize);
        File.Copy(RuntimePath, PathOf("ObjWatch.Runtime.dll"));
        ProcessResult before = ProgramRunner.Run(program.AssemblyPath);

        WeaveResult result = Weave(program.AssemblyPath);

        ProcessResult after = ProgramRunner.Run(program.AssemblyPath, environment: new Dictionary<string, string?> { ["OBJWATCH"] = "0" });
        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven));
        Assert.That(after.ExitCode, Is.Zero, after.Error);
        Assert.That(after.Output, Is.EqualTo(before.Output));
        Assert.That(after.Output, symbols == SymbolForm.None ? Does.Not.Contain("App.cs:line") : Does.Contain("App.cs:line 13"));
    }

    [Test]
    public void The_same_input_and_options_give_the_same_bytes([Values] SymbolForm symbols)
    {
        CompiledProgram first = Compile("App", symbols, optimize: false);
        string copy = PathOf("again");
        Directory.CreateDirectory(copy);
        string second = Path.Combine(copy, "App.dll");
        File.Copy(first.AssemblyPath, second);
        if (first.SymbolsPath is not null)
            File.Copy(first.SymbolsPath, Path.ChangeExtension(second, ".pdb"));

        Weave(first.AssemblyPath);
        Weave(second);

        Assert.That(File.ReadAllBytes(second), Is.EqualTo(File.ReadAllBytes(first.AssemblyPath)));
        if (first.SymbolsPath is not null)
            Assert.That(File.ReadAllBytes(Path.ChangeExtension(second, ".pdb")), Is.EqualTo(File.ReadAllBytes(first.SymbolsPath)));
    }

    [Test]
    public void References_are_those_of_the_original_and_the_runtime()
    {
        CompiledProgram program = Compile("App", SymbolForm.Portable, optimize: false);
        string[] before = ReferencesOf(program.AssemblyPath);

        Weave(program.AssemblyPath);

        string runtime = AssemblyDefinition.ReadAssembly(RuntimePath).Name.FullName;
        Assert.That(ReferencesOf(program.AssemblyPath).Except(before), Is.EqualTo(new[] { runtime }));
        Assert.That(before.Except(ReferencesOf(program.AssemblyPath)), Is.Empty);
    }

    [Test]
    public void Symbols_keep_their_name_in_the_assembly([Values(SymbolForm.Portable, SymbolForm.Embedded)] SymbolForm symbols)
    {
        CompiledProgram program = Compile("App", symbols, optimize: false);
        string before = CodeViewPathOf(program.AssemblyPath);

        Weave(program.AssemblyPath);

        Assert.That(CodeViewPathOf(program.AssemblyPath), Is.EqualTo(before));
    }

    [Test]
    public void An_output_path_leaves_the_original_as_it_was()
    {
        CompiledProgram program = Compile("App", SymbolForm.Portable, optimize: false);
        var before = Snapshot();

        WeaveResult result = new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { OutputPath = PathOf("out/deep/App.dll") });

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven));
        var after = Snapshot();
        Assert.That(after.Keys.Except(before.Keys), Is.EquivalentTo(new[] { PathOf("out/deep/App.dll"), PathOf("out/deep/App.pdb") }));
        Assert.That(before, Is.All.Matches<KeyValuePair<string, byte[]>>(file => after[file.Key].SequenceEqual(file.Value)));
    }

    /// <summary>Whoever loads the new assembly finds the new symbols.</summary>
    [Test]
    public void Symbols_are_in_place_before_their_assembly_is()
    {
        CompiledProgram program = Compile("App", SymbolForm.Portable, optimize: false);
        using var names = new BlockingCollection<string>();
        using var watcher = new FileSystemWatcher(Folder) { NotifyFilter = NotifyFilters.FileName };
        watcher.Renamed += (_, moved) => Note(moved.Name);
        watcher.Created += (_, made) => Note(made.Name);
        watcher.EnableRaisingEvents = true;

        Weave(program.AssemblyPath);

        string[] inPlace = [.. names.GetConsumingEnumerable().Take(2)];
        Assert.That(inPlace, Is.EqualTo(new[] { "App.pdb", "App.dll" }));

        void Note(string? name)
        {
            if (name is "App.pdb" or "App.dll")
                names.Add(name);
        }
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void The_mode_of_the_file_is_kept()
    {
        CompiledProgram program = Compile("App", SymbolForm.Portable, optimize: false);
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        File.SetUnixFileMode(program.AssemblyPath, Mode);

        Weave(program.AssemblyPath);

        Assert.That(File.GetUnixFileMode(program.AssemblyPath), Is.EqualTo(Mode));
    }

    private CompiledProgram Compile(string name, SymbolForm symbols, bool optimize) => Compiler.Compile(new CompileRequest
    {
        Name = name,
        Sources = new Dictionary<string, string> { [name + ".cs"] = Source },
        Directory = Folder,
        Symbols = symbols,
        Optimize = optimize,
    });

    private static string[] ReferencesOf(string path)
    {
        using var module = ModuleDefinition.ReadModule(path);
        return module.AssemblyReferences.Select(reference => reference.FullName).ToArray();
    }

    private static string CodeViewPathOf(string path)
    {
        using var module = ModuleDefinition.ReadModule(path);
        byte[] data = module.GetDebugHeader().Entries.Single(entry => entry.Directory.Type == Mono.Cecil.Cil.ImageDebugType.CodeView).Data;
        return System.Text.Encoding.UTF8.GetString(data, 24, data.Length - 25);
    }
}
