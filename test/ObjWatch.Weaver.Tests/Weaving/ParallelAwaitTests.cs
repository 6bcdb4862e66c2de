using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>Many invocations of one async method at once, on whatever threads, are one run and one end each.</summary>
public sealed class ParallelAwaitTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Linq;
        using System.Threading.Tasks;
        class Worker
        {
            private int _number;
            public async Task<int> SquareAsync(int number)
            {
                _number = number;
                await Task.Yield();
                int square = await InnerAsync();
                await Task.Delay(1).ConfigureAwait(false);
                if (number % 10 == 3)
                    throw new InvalidOperationException("no " + number);
                return square;
            }
            private async ValueTask<int> InnerAsync()
            {
                await Task.Run(() => { });
                return _number * _number;
            }
        }
        static class Program
        {
            static async Task Main()
            {
                Task<int>[] all = Enumerable.Range(1, 100).Select(n => new Worker().SquareAsync(n)).ToArray();
                try { await Task.WhenAll(all); } catch (InvalidOperationException) { }
                Console.WriteLine(all.Where(t => t.IsCompletedSuccessfully).Sum(t => t.Result));
            }
        }
        """;

    [Test]
    public void A_hundred_awaited_together_end_once_each_with_their_own_result([Values] bool optimize)
    {
        CompiledProgram program = Compiler.Compile("Parallel", Source, optimize, Folder);
        string plain = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).Output;
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        ProcessResult traced = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);

        Assert.That(traced.Output, Is.EqualTo(plain), traced.Error);
        Assert.That(TextTrace.Read(PathOf("Parallel.objwatch")).Malformed, Is.Empty);
        string[] events = EventLines.Of(PathOf("Parallel.objwatch")).Select(line => line.TrimStart()).ToArray();
        for (int number = 1; number <= 100; number++)
        {
            string result = number % 10 == 3 ? $"!InvalidOperationException: no {number}"
                : FormattableString.Invariant($"{number * number}");
            Assert.That(events.Count(e => IsEvent(e, $"run Worker.SquareAsync <- 'this':Worker#", $"'number':{number}")), Is.EqualTo(1),
                $"run of {number}");
            Assert.That(events.Count(e => IsEvent(e, $"end Worker.SquareAsync -> {result}", "")), Is.EqualTo(1), $"end of {number}");
        }

        Assert.That(events.Count(e => e.Contains("end Worker.InnerAsync -> ", StringComparison.Ordinal)), Is.EqualTo(100));
        Assert.That(events.Count(e => e.Contains("awt Worker.SquareAsync", StringComparison.Ordinal)),
            Is.EqualTo(events.Count(e => e.Contains("rsm Worker.SquareAsync", StringComparison.Ordinal))));
    }

    /// <summary>Whether an event, its thread left out, has a beginning and an end.</summary>
    private static bool IsEvent(string line, string beginning, string end)
    {
        string text = EventLines.WithoutThread(line)[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart();
        return end.Length == 0 ? text == beginning : text.StartsWith(beginning, StringComparison.Ordinal)
            && text.EndsWith(end, StringComparison.Ordinal);
    }
}
