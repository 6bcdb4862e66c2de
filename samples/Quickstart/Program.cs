using System;
using System.Globalization;
using System.Threading;

namespace Quickstart;

/// <summary>
/// The program that the README traces. Nothing in it knows of ObjWatch.
/// Its only argument says how many rounds of five steps up and three steps down it makes (1 when left out).
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        int rounds = args.Length == 0 ? 1 : int.Parse(args[0], CultureInfo.InvariantCulture);

        SampleClass sample = new(10);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < 5; i++)
                sample.Increment();
            for (int i = 0; i < 3; i++)
                sample.Decrement();
        }

        try
        {
            sample.RequireAtLeast(int.MaxValue);
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine($"As expected: {exception.Message}");
        }

        Thread second = new(WorkElsewhere);
        second.Start();
        second.Join();

        Console.WriteLine($"The value is {sample.Value}.");
    }

    private static void WorkElsewhere()
    {
        SampleClass other = new(100);
        other.Increment();
    }
}
