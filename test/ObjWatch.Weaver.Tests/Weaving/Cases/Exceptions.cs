using System;
using System.Collections.Generic;

static class Program
{
    static int cleanups;

    static void Main()
    {
        try
        {
            Outer(1);
        }
        catch (InvalidOperationException e) when (IsExpected(e))
        {
            cleanups += 100;
        }

        new List<int> { 1, 2 }.ForEach(n =>
        {
            try
            {
                Inner(n);
            }
            catch (Exception)
            {
            }
        });
        Console.WriteLine(Rethrows());
    }

    static bool IsExpected(Exception e) => e.Message.Length > 0;

    static void Outer(int n)
    {
        try
        {
            Inner(n);
        }
        finally
        {
            cleanups++;
        }
    }

    static int Inner(int n)
    {
        throw new InvalidOperationException("number " + n);
    }

    static string Rethrows()
    {
        try
        {
            try
            {
                return Inner(3).ToString();
            }
            catch (InvalidOperationException e)
            {
                throw new ArgumentException("wrapped", e);
            }
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
