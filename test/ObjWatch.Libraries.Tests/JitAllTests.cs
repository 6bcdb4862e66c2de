using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Libraries.Tests;

/// <summary>The JIT check finds what it is there to find, and goes on behind it.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class JitAllTests
{
    private const string Source = """
        namespace Sample;

        public class Plain
        {
            public static int Broken(int number) => number + 1;

            public virtual int Virtual() => 2;
        }

        public struct Generic<T>
            where T : notnull
        {
            public static string Broken<TOther>(T value, TOther other) => value.ToString() + other;

            public int Sound(T value) => value.GetHashCode();
        }
        """;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Clean() => _directory.Dispose();

    [Test]
    public void Sound_code_has_no_failures() =>
        Assert.That(JitCheck.Failures(Compiler.Compile("Sound", Source, optimize: true, _directory["sound"]).AssemblyPath), Is.Empty);

    [Test]
    public void A_body_that_pops_too_much_is_named()
    {
        string path = Break(body => body.Instructions.Insert(0, Instruction.Create(OpCodes.Pop)));

        IReadOnlyList<string> failures = JitCheck.Failures(path);

        Assert.That(
            failures.Count(failure =>
                failure.StartsWith("FAIL Sample.Plain.Broken(System.Int32): InvalidProgramException", StringComparison.Ordinal)),
                    Is.EqualTo(1));
        Assert.That(
            failures.Count(failure => failure.StartsWith("FAIL Sample.Generic`1.Broken``1(T, TOther) of ", StringComparison.Ordinal)),
            Is.AtLeast(2));
        Assert.That(failures, Has.None.Contains("Virtual").And.None.Contains("Sound"));
    }

    [Test]
    public void A_member_that_does_not_exist_is_named()
    {
        string path = Break(body => body.Instructions.Insert(0, Instruction.Create(
            OpCodes.Call, new MethodReference("Missing", body.Method.Module.TypeSystem.Void, body.Method.Module.TypeSystem.Object))));

        Assert.That(JitCheck.Failures(path), Has.Some.StartsWith("FAIL Sample.Plain.Broken(System.Int32): MissingMethodException"));
    }

    private string Break(Action<MethodBody> change)
    {
        string sound = Compiler.Compile("Broken", Source, optimize: true, _directory["sound"]).AssemblyPath;
        string broken = Path.Combine(_directory.Path, "Broken.dll");
        using var module = ModuleDefinition.ReadModule(sound);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.Name == "Broken"))
            change(method.Body);
        module.Write(broken);
        return broken;
    }
}
