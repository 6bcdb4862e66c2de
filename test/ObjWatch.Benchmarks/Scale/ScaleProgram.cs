using System.Globalization;
using System.IO;

namespace ObjWatch.Benchmarks.Scale;

/// <summary>A process that raises so many events, which are known beforehand.</summary>
internal sealed class ScaleProgram
{
    private const string Name = "Scale";

    // What is in Work is traced, the rest is not.
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Globalization;
        using System.Linq;
        using System.Threading;

        namespace Work
        {
            public sealed class Adder
            {
                private readonly List<int> _items = new();
                private long _total;

                public void Store(long count)
                {
                    for (long i = 1; i <= count; i++)
                        _total = i;
                }

                public void Call(long count)
                {
                    for (long i = 1; i <= count; i++)
                        Add(i);
                }

                public long Add(long number)
                {
                    _total += number;
                    _items.Add((int)number);
                    if (_items.Count == 10)
                        _items.Clear();
                    return _total;
                }
            }
        }

        internal static class Program
        {
            private static void Main(string[] arguments)
            {
                int threads = int.Parse(arguments[1]);
                long count = long.Parse(arguments[2]);
                Action work = arguments[0] == "store" ? () => new Work.Adder().Store(count) : () => new Work.Adder().Call(count);
                using var process = Process.GetCurrentProcess();
                TimeSpan before = process.TotalProcessorTime;
                long start = Stopwatch.GetTimestamp();
                if (arguments[0] == "churn")
                {
                    for (int i = 0; i < threads; i++)
                        Together(work, 1);
                }
                else
                {
                    Together(work, threads);
                }

                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                process.Refresh();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{elapsed.TotalNanoseconds:F0} {(process.TotalProcessorTime - before).TotalNanoseconds:F0}"));
            }

            private static void Together(Action work, int count)
            {
                Thread[] threads = Enumerable.Range(0, count).Select(_ => new Thread(() => work(), 256 * 1024)).ToArray();
                foreach (Thread thread in threads)
                    thread.Start();
                foreach (Thread thread in threads)
                    thread.Join();
            }
        }
        """;

    private readonly WovenProgram _program;
    private readonly string _trace;

    /// <param name="folder">Where the program and its traces go.</param>
    public ScaleProgram(string folder)
    {
        _program = new WovenProgram(Name, Source, "Work", Path.Combine(folder, Name));
        _trace = Path.Combine(folder, "scale.objtrace");
    }

    /// <summary>One thread stores so many values.</summary>
    public RecordedRun Store(long count) => Run("store", 1, count, eventsOfThread: count);

    /// <summary>Threads call <c>Add</c> so often each, all at the same time.</summary>
    public RecordedRun Call(int threads, long count) => Run("call", threads, count, EventsOfCalls(count));

    /// <summary>As <see cref="Call"/>, one thread after the other has ended.</summary>
    public RecordedRun Churn(int threads, long count) => Run("churn", threads, count, EventsOfCalls(count));

    // Each call is run, upd, apd and end; each tenth clears the list.
    private static long EventsOfCalls(long count) => (4 * count) + (count / 10);

    private RecordedRun Run(string what, int threads, long count, long eventsOfThread)
    {
        // run, upd of the list and end of the constructor; run and end of the method.
        const int Around = 5;
        return new RecordedRun(
            _program.Command(what, threads.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)), _trace,
            threads * (eventsOfThread + Around));
    }
}
