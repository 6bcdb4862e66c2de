// Exceptions: order of filters, finally and fault, nested handlers, rethrow, methods that only throw, returns out of try, stack traces.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Subjects.Exceptions;

internal sealed class Odd : Exception
{
    public Odd(int number)
        : base("odd " + number) => Number = number;

    public int Number { get; }
}

internal sealed class Machine : IDisposable
{
    private readonly List<string> _steps = [];
    private int _depth;

    public string Steps => string.Join(" ", _steps);

    public bool Note(string step, bool result = true)
    {
        _steps.Add(step + _depth);
        return result;
    }

    public int Run(int number)
    {
        try
        {
            _depth++;
            try
            {
                Note("try");
                if (number % 2 == 1)
                    throw new Odd(number);
                return number;
            }
            catch (Odd odd) when (Note("filter", odd.Number > 2))
            {
                Note("catch");
                if (odd.Number > 4)
                    throw;
                return -odd.Number;
            }
            finally
            {
                Note("inner-finally");
                _depth--;
            }
        }
        catch (Exception exception) when (Note("outer-filter") && exception is Odd { Number: > 6 })
        {
            throw new InvalidOperationException("wrapped", exception);
        }
        finally
        {
            Note("outer-finally");
        }
    }

    public int Always() => throw new NotImplementedException("always");

    public void Forever()
    {
        for (int i = 0; ; i++)
        {
            _depth = i;
            if (i == 3)
                throw new OperationCanceledException("left the loop");
        }
    }

    public string Early(string? text)
    {
        foreach (char character in text ?? throw new ArgumentNullException(nameof(text)))
        {
            try
            {
                if (character == 'x')
                    return "found";
                if (character == 'c')
                    continue;
                if (character == 'b')
                    break;
            }
            finally
            {
                Note(character.ToString());
            }
        }

        return "end";
    }

    public void Dispose() => Note("disposed");
}

internal static class Program
{
    private static string Attempt(Func<object?> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}{(exception.InnerException is { } inner ? " <- " + inner.Message : "")}";
        }
    }

    private static int Finally(ref int counter)
    {
        try
        {
            return counter++;
        }
        finally
        {
            counter *= 10;
        }
    }

    private static int Nested()
    {
        int result = 0;
        try
        {
            try
            {
                try
                {
                    int zero = result;
                    result = 10 / zero;
                }
                finally
                {
                    result += 1;
                }
            }
            catch (DivideByZeroException)
            {
                result += 10;
                throw new InvalidCastException("from the handler");
            }
            finally
            {
                result += 100;
            }
        }
        catch (InvalidCastException)
        {
            result += 1000;
        }

        return result;
    }

    private static string Using()
    {
        using var machine = new Machine();
        using (machine)
            machine.Note("using");
        return machine.Steps;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Third(int number)
    {
        if (number > 0)
            throw new Odd(number);
        Console.WriteLine(new StackFrame(0, true).GetFileLineNumber());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Second(int number)
    {
        Third(number);
        Console.WriteLine("not reached for one");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void First(int number)
    {
        try
        {
            Second(number);
        }
        finally
        {
            Console.WriteLine("first finally");
        }
    }

    private static void Frames(Exception exception)
    {
        foreach (StackFrame frame in new StackTrace(exception, true).GetFrames())
            Console.WriteLine($"  {frame.GetMethod()!.Name}:{frame.GetFileLineNumber()}");
    }

    private static void Unwinding(List<string> order, int depth)
    {
        try
        {
            if (depth == 0)
                throw new Odd(depth);
            Unwinding(order, depth - 1);
        }
        catch (Odd) when (Add(order, "f" + depth, depth == 2))
        {
            order.Add("caught" + depth);
        }
        finally
        {
            order.Add("u" + depth);
        }
    }

    private static bool Add(List<string> order, string what, bool result)
    {
        order.Add(what);
        return result;
    }

    private static void Main()
    {
        for (int number = 0; number < 9; number++)
        {
            using var machine = new Machine();
            Console.WriteLine($"{number}: {Attempt(() => machine.Run(number))} [{machine.Steps}]");
        }

        var other = new Machine();
        Console.WriteLine(Attempt(() => other.Always()));
        Console.WriteLine(Attempt(() =>
        {
            other.Forever();
            return null;
        }));
        Console.WriteLine(Attempt(() => other.Early("acb")) + Attempt(() => other.Early("cax")) + Attempt(() => other.Early(null)));
        Console.WriteLine(other.Steps);
        int counter = 5;
        Console.WriteLine($"{Finally(ref counter)} {counter} {Nested()} {Using()}");
        First(0);
        try
        {
            First(1);
        }
        catch (Odd exception)
        {
            Frames(exception);
            try
            {
                ExceptionDispatchInfo.Capture(exception).Throw();
            }
            catch (Odd again)
            {
                Console.WriteLine($"{ReferenceEquals(exception, again)} {new StackTrace(again).FrameCount}");
            }
        }

        var order = new List<string>();
        Unwinding(order, 4);
        Console.WriteLine(string.Join(" ", order));
        Console.WriteLine(Attempt(() => ((object)"text") as int? ?? throw new InvalidCastException("no number")));
        object boxed = "text";
        Console.WriteLine(Attempt(() => (int)boxed).Split(':')[0]);
        int[] two = new int[2];
        Console.WriteLine(Attempt(() => two[counter]).Split(':')[0]);
        string? nothing = counter > 0 ? null : "";
        Console.WriteLine(Attempt(() => nothing!.Length).Split(':')[0]);
    }
}
