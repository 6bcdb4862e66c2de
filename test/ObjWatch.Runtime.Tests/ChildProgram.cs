using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;

namespace ObjWatch.Runtime.Tests;

/// <summary>What the test assembly does when it is run as a program: the scenarios that end a process.</summary>
internal static class ChildProgram
{
    public static int Main(string[] arguments)
    {
        if (arguments[0] == "nothing-woven")
        {
            using IDisposable first = Tracer.Start();
            using IDisposable second = Tracer.Start();
            return Tracer.IsRunning ? 1 : 0;
        }

        _ = WovenSites.Next;
        switch (arguments[0])
        {
            case "count":
                Count(int.Parse(arguments[1], CultureInfo.InvariantCulture));
                return 0;
            case "unhandled":
                Count(10);
                throw new InvalidOperationException("nobody catches this");
            case "unhandled-in-call":
                new Counter().Next(1, () => new Counter().Next(2, () => throw new InvalidOperationException("nobody catches this")));
                return 0;
            case "fail-fast":
                Count(10);
                Environment.FailFast("on purpose");
                return 0;
            case "exit":
                new Counter().Next(1, () => Environment.Exit(3));
                return 0;
            case "count-and-wait":
                Count(int.Parse(arguments[1], CultureInfo.InvariantCulture));
                Thread.CurrentThread.Join();
                return 0;
            case "wait":
                Count(10);
                Console.WriteLine("ready");
                Thread.CurrentThread.Join();
                return 0;
            case "start":
                using (Tracer.Start(new TracerOptions { Output = arguments[1] }))
                    Count(5);
                return 0;
            case "two-ranks-later":
                LearnRank(int.Parse(arguments[1], CultureInfo.InvariantCulture));
                return 0;
            case "barrier":
                RankProviders.Register(
                    new DelegateRankProvider("meeting", () => true, () => 1, () => 4, timeout => arguments[1] == "passes"));
                Tracer.Start();
                Count(5);
                return Tracer.IsRunning ? 0 : 1;
            case "survive-signal":
                SurviveSignal();
                return 0;
            case "toggle":
                Toggle();
                return 0;
            case "begin":
                Console.WriteLine("ready");
                SpinWait.SpinUntil(() => Tracer.IsRunning);
                Count(10);
                return 0;
            case "unlock":
                new Vault().Unlock("hunter2", 4711, 3);
                return 0;
            case "hold":
                Count(10);
                Console.WriteLine("ready");
                Console.ReadLine();
                return 0;
            default:
                return 2;
        }
    }

    /// <summary>Stores 1, 2, 3 and so on, saying now and then how far it is. An event that is said to be recorded must be found.</summary>
    private static void Count(int until)
    {
        var counter = new Counter();
        for (int i = 1; i <= until; i++)
        {
            counter.Size = i;
            if (i % 1000 == 0)
                Console.WriteLine(i);
        }
    }

    /// <summary>Registers a framework that knows the rank only after the first five events.</summary>
    private static void LearnRank(int rank)
    {
        bool initialized = false;
        RankProviders.Register(new DelegateRankProvider("later", () => initialized, () => rank, () => 4));
        Count(5);
        initialized = true;
        Count(5);
        Console.WriteLine("ready");
        Console.ReadLine();
    }

    private static void Toggle()
    {
        Count(10);
        Console.WriteLine("ready");
        SpinWait.SpinUntil(() => Tracer.IsPaused);
        Count(10);
        Console.WriteLine("paused");
        SpinWait.SpinUntil(() => !Tracer.IsPaused);
        Count(10);
    }

    private static void SurviveSignal()
    {
        using var signalled = new ManualResetEventSlim();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            signalled.Set();
        });
        Count(10);
        Console.WriteLine("ready");
        signalled.Wait();
        Count(10);
    }
}
