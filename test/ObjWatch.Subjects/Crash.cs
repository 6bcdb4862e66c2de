// A program that an exception ends.
using System;

namespace Subjects.Crash;

internal sealed class Fuse
{
    private int _left = 3;

    public void Burn()
    {
        Console.WriteLine(_left);
        if (--_left == 0)
            throw new InvalidOperationException("burnt");
        Burn();
    }
}

internal static class Program
{
    private static void Main()
    {
        try
        {
            new Fuse().Burn();
        }
        finally
        {
            Console.WriteLine("finally");
        }
    }
}
