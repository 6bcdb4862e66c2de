using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>The stack traces of a Debug build name the same methods and lines woven (traced and not) as unwoven.</summary>
public sealed class StackTraceTests : WeaverFixture
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
    public void Name_the_same_lines([Values] bool traced)
    {
        CompiledProgram program = Compiler.Compile("Traces", Source, optimize: false, Folder);
        ProcessResult plain = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        foreach (string library in new[] { RuntimePath, Path.Combine(Path.GetDirectoryName(RuntimePath)!, "Microsoft.Extensions.Logging.Abstractions.dll") })
            File.Copy(library, PathOf(Path.GetFileName(library)));
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        ProcessResult woven = ProgramRunner.Run(
            program.AssemblyPath, environment: traced ? null : new Dictionary<string, string?> { ["OBJWATCH"] = "0" }, workingDirectory: Folder);

        Assert.That(woven.ExitCode, Is.Zero, woven.Error);
        Assert.That(plain.Output, Does.Contain("Account.Take(Int32 amount) in ").And.Contains("Traces.cs:line "));
        Assert.That(woven.OutputLines, Is.EqualTo(plain.OutputLines));
        Assert.That(File.Exists(PathOf("Traces.objwatch")), Is.EqualTo(traced));
    }
}
