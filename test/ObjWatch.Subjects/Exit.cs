// A program that ends itself in the middle of everything, with another thread still at work.
using System;
using System.Threading;

namespace Subjects.Exit;

internal static class Program
{
    private static volatile int s_turns;

    private static int Leave(int depth)
    {
        if (depth == 0)
            Environment.Exit(42);
        return Leave(depth - 1) + 1;
    }

    private static void Spin()
    {
        while (true)
        {
            s_turns++;
            Thread.Yield();
        }
    }

    private static int Main()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine("exit handler");
        new Thread(Spin) { IsBackground = true }.Start();
        SpinWait.SpinUntil(() => s_turns > 100);
        Console.WriteLine("leaving");
        return Leave(10);
    }
}
