using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Configuration;
using ObjWatch.Runtime.Tests;
using ObjWatch.Trace.Files;

namespace ObjWatch.Survival.Tests;

/// <summary>
/// What the test assembly does when it is run as a program: threads store 1, 2, 3 and so on, and say in a file how far they are. Then the
/// process ends in the way it was told.
/// </summary>
internal static unsafe class SurvivalProgram
{
    public const int Workers = 4;

    private static Progress _progress = null!;

    private static string Output => Environment.GetEnvironmentVariable("OBJWATCH_OUTPUT")!;

    /// <param name="arguments">The progress file, its first slot for this process, how many events each thread makes at most, how to end,
    /// and after how many events.</param>
    public static int Main(string[] arguments)
    {
        _ = WovenSites.Next;
        _progress = new Progress(arguments[0]);
        int firstSlot = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        int most = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        string ending = arguments[3];
        long after = long.Parse(arguments[4], CultureInfo.InvariantCulture);
        Thread[] workers = [.. Enumerable.Range(firstSlot, Workers).Select(slot => Start(slot, most))];
        Process[] children = ending == "family" ? [.. Enumerable.Range(1, 3).Select(child => StartChild(arguments, child * Workers))] : [];
        _progress.WaitFor(after, () => !workers.Any(worker => worker.IsAlive));
        switch (ending)
        {
            case "wait":
                Thread.CurrentThread.Join();
                break;
            case "input":
                Console.In.ReadLine();
                break;
            case "join" or "family":
                Join(workers);
                foreach (Process child in children)
                    child.WaitForExit();
                return children.Count(child => child.ExitCode != 0);
            case "main":
                Join(workers);
                Work(Workers, most);
                break;
            case "stop":
                Tracer.Stop();
                Join(workers);
                break;
            case "sessions":
                Tracer.Stop();
                Tracer.Start(new TracerOptions { Output = Path.Combine(Path.GetDirectoryName(Output)!, "second.objtrace") });
                Work(Workers, most);
                Tracer.Stop();
                break;
            case "unlink":
                Tracer.Stop();
                PrivateFile.Unlink(Output, FileShare.ReadWrite | FileShare.Delete);
                break;
            case "ctrl-c":
                PressCtrlC();
                new ManualResetEventSlim().Wait();
                break;
            case "lines":
                var counter = new Counter();
                while (Console.In.ReadLine() != null)
                    counter.Size++;
                break;
            case "exit":
                InNewThread(() => Environment.Exit(3));
                break;
            case "fail-fast":
                Environment.FailFast("on purpose");
                break;
            case "overflow":
                InNewThread(() => Overflow(0));
                break;
            case "unhandled":
                InNewThread(() => throw new InvalidOperationException("nobody catches this"));
                break;
        }

        return 0;
    }

    private static Thread Start(int slot, int most)
    {
        // Background threads: the process may end while they run.
        var thread = new Thread(() => Work(slot, most)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Work(int slot, int most)
    {
        Thread.CurrentThread.Name = "worker " + slot.ToString(CultureInfo.InvariantCulture);
        var counter = new Counter();
        for (int i = 1; i <= most; i++)
        {
            counter.Size = i;
            // What is stored after the end of the recording is not recorded, and nobody claims that it is.
            if (Tracer.IsRunning)
                _progress[slot] = i;
        }
    }

    private static Process StartChild(string[] arguments, int firstSlot) => Process.Start(
        Environment.ProcessPath!,
        ["exec", typeof(SurvivalProgram).Assembly.Location, arguments[0], firstSlot.ToString(CultureInfo.InvariantCulture), arguments[2],
            "join", arguments[4]]);

    private static void InNewThread(ThreadStart action)
    {
        var thread = new Thread(action, 256 * 1024);
        thread.Start();
        thread.Join();
    }

    private static void Join(Thread[] threads)
    {
        foreach (Thread thread in threads)
            thread.Join();
    }

    /// <summary>As if somebody had pressed it in the console of this process, on Windows.</summary>
    private static void PressCtrlC()
    {
        nint generate = NativeLibrary.GetExport(NativeLibrary.Load("kernel32"), "GenerateConsoleCtrlEvent");
        if (((delegate* unmanaged<uint, uint, int>)generate)(0, 0) == 0)
            Environment.FailFast("there is no console");
    }

    private static int Overflow(int depth) => depth < 0 ? 0 : Overflow(depth + 1) + 1;
}
