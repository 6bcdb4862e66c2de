using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>Stack traces name the same methods and lines woven as unwoven. Only a Release build that is being traced has more
/// frames.</summary>
public sealed partial class StackTraceTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;

        static class Program
        {
            static async Task Main()
            {
                Show(() => new Account(3).Take(5));
                Show(() => new Account(
                    -1));
                Show(() =>
                {
                    foreach (int i in new Account(1).Steps())
                        Console.WriteLine(i);
                });
                Show(() => new Account(2).Rethrow());
                Show(() => _ = new Account(2)[
                    7]);
                Show(() => new Account(4).Finally());
                Show(() => new Account(5).Filtered());
                Show(() => { try { new Account(5).Take(6); } catch (InvalidOperationException e) { Console.WriteLine(e.StackTrace); } });
                Console.WriteLine(new Account(6).Here());
                try
                {
                    await new Account(1).TakeAsync(9);
                }
                catch (InvalidOperationException e)
                {
                    Console.WriteLine(e.StackTrace);
                }
            }

            static void Show(Action action)
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    Console.WriteLine(e);
                }
            }
        }

        class Account
        {
            readonly List<int> _taken = new();
            int _balance;

            public Account(int balance)
            {
                _balance = balance;
                if (balance < 0)
                    throw new ArgumentException("negative");
            }

            public int this[int index] => _taken
                [index];

            public void Take(int amount)
            {
                _taken.Add(amount);
                Interlocked.Add(ref _balance, -amount);
                if (_balance < 0)
                {
                    _balance = 0;
                    throw new InvalidOperationException("too much");
                }
            }

            public IEnumerable<int> Steps()
            {
                _balance++;
                yield return _balance;
                Take(
                    10);
                yield return _balance;
            }

            public async Task TakeAsync(int amount)
            {
                _balance--;
                await Task.Yield();
                Take(amount);
            }

            public void Rethrow()
            {
                try
                {
                    Take(8);
                }
                catch (InvalidOperationException)
                {
                    _balance = 1;
                    throw;
                }
            }

            public void Finally()
            {
                try
                {
                    Take(6);
                }
                finally
                {
                    _balance = 2;
                    Take(7);
                }
            }

            public void Filtered()
            {
                try
                {
                    Take(6);
                }
                catch (InvalidOperationException) when (_balance == 1)
                {
                }
            }

            public string Here()
            {
                _balance++;
                return new StackTrace(fNeedFileInfo: true).ToString();
            }
        }
        """;

    [Test]
    public void Name_the_same_lines([Values] bool optimize, [Values] bool traced,
        [Values(SymbolForm.Portable, SymbolForm.None)] SymbolForm symbols)
    {
        CompiledProgram program = Compiler.Compile(new CompileRequest
        {
            Name = "Traces",
            Sources = new Dictionary<string, string> { ["Traces.cs"] = Source },
            Optimize = optimize,
            Directory = Folder,
            Symbols = symbols,
        });
        ProcessResult plain = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        ProcessResult woven = ProgramRunner.Run(
            program.AssemblyPath, environment: traced ? null
                : new Dictionary<string, string?> { ["OBJWATCH"] = "0" }, workingDirectory: Folder);

        Assert.That(woven.ExitCode, Is.Zero, woven.Error);
        Assert.That(plain.Output, Does.Contain(symbols == SymbolForm.None ? "Account.Take(Int32 amount)" : "Account.Take(Int32 amount) in ")
            .And.Contain("Account.get_Item(Int32 index)"));
        if (symbols != SymbolForm.None)
            Assert.That(plain.Output, Does.Contain("Traces.cs:line "));
        string output = optimize && traced ? WithoutSeparateBodies(woven.Output) : woven.Output;
        Assert.That(output, Is.EqualTo(plain.Output));
        Assert.That(File.Exists(PathOf("Traces.objwatch")), Is.EqualTo(traced));
    }

    /// <summary>The traced body of an optimised method of several lines has a frame of its own, with the exact line, above that of the
    /// method, if the exception gets that far.</summary>
    /// <remarks>
    /// It has a parameter more where there is a result; that of a constructor is a constructor, and its last parameter the recorder.
    /// The frames of state machines have the name of the method that they are made for, those of their traced bodies too.
    /// </remarks>
    private static string WithoutSeparateBodies(string output) =>
        StateMachine.Replace(SeparateBody.Replace(SeparateConstructor.Replace(Result.Replace(output, "$1)"), "$1)$2"), "$1$2$3"), "$1");

    [GeneratedRegex(@"(>(?:g__)?traced\(.*?)(?:, )?[^ (,]+& (?:result|done)\)")]
    private static partial Regex Result { get; }

    [GeneratedRegex(@"(\.\.ctor\(.*?)(?:, )?ThreadRecorder\)(.*\n)   at .*\.\.ctor\(.*\n")]
    private static partial Regex SeparateConstructor { get; }

    [GeneratedRegex(
        @"^(   at Program\.Main\(\).*\n)   at Program\.Main\(\).*\n"
        + @"(?=   at System\.Runtime\.CompilerServices\.AsyncMethodBuilderCore\.Start)",
        RegexOptions.Multiline)]
    private static partial Regex StateMachine { get; }

    [GeneratedRegex(@"^(   at .*?)<([^<>\n]+|<[^>\n]*>[^>\n]*)>(?:g__)?traced(\(.*\n)(?:   at .*(?<=[.+])\2\(.*\n)?",
        RegexOptions.Multiline)]
    private static partial Regex SeparateBody { get; }
}
