// Lambdas, closures over loops and `this`, local functions of every kind, delegates, recursion, default and params arguments.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;

namespace Subjects.Functions;

internal delegate TResult Transform<in T, out TResult>(T value);

internal delegate bool TryParse<T>(string text, out T result);

internal sealed class Counter
{
    private int _count;
    private readonly List<Func<int>> _readers = [];
    private static readonly Func<int, int> s_double = value => value * 2;
    private Action? _last;

    public Counter Add(int times)
    {
        for (int i = 0; i < times; i++)
        {
            int captured = i;
            _readers.Add(() => captured + _count++);
        }

        foreach (int number in new[] { 10, 20 })
            _readers.Add(() => number + _count);
        _last = () =>
        {
            int inner = times;
            _readers.Add(() => inner-- + s_double(times));
        };
        return this;
    }

    public string Read()
    {
        _last?.Invoke();
        return string.Join(" ", _readers.Select(reader => reader()));
    }
}

internal static class Program
{
    private static int Fibonacci(int number)
    {
        var known = new Dictionary<int, int>();
        return Compute(number);

        int Compute(int n)
        {
            if (n < 2)
                return n;
            if (known.TryGetValue(n, out int value))
                return value;
            return known[n] = Compute(n - 1) + Compute(n - 2);
        }
    }

    private static string Locals<T>(T seed)
        where T : notnull
    {
        int calls = 0;
        string result = Twice(Describe, seed) + Static(3, 4) + Refs(ref calls, out int was) + was;
        return result + calls;

        string Describe(T value)
        {
            calls++;
            return $"<{value}>";
        }

        static TOut Twice<TIn, TOut>(Func<TIn, TOut> function, TIn value)
        {
            function(value);
            return function(value);
        }

        static int Static(int left, int right) => left < right ? Static(right, left) : left - right;

        int Refs(ref int number, out int before)
        {
            before = number;
            number += 100;
            return calls;
        }
    }

    private static Func<int, Func<int, int>> Curry(Func<int, int, int> function) => left => right => function(left, right);

    private static string Defaults(int number = 42, string text = "text", DayOfWeek day = DayOfWeek.Monday, decimal money = 1.5m, int? none = null) =>
        FormattableString.Invariant($"{number} {text} {day} {money} {none?.ToString() ?? "none"}");

    private static int Params(string head, params IEnumerable<int> rest) => head.Length + rest.Sum();

    private static Action Compose(params Action[] actions) => actions.Aggregate((left, right) => left + right);

    private static IEnumerable<Func<int>> Loops()
    {
        int shared = 0;
        for (int i = 0; i < 3; i++)
        {
            int own = i;
            shared += 10;
            while (own < 2)
            {
                int deep = own++;
                yield return () => deep + (own * 10) + shared;
            }
        }
    }

    private static bool Even(int number) => number == 0 || Odd(number - 1);

    private static bool Odd(int number) => number != 0 && Even(number - 1);

    private static void Main()
    {
        Console.WriteLine(new Counter().Add(3).Read());
        Console.WriteLine(Fibonacci(30));
        Console.WriteLine(Locals(5) + Locals("s") + Locals((1, 2)));
        Console.WriteLine(Curry((left, right) => left - right)(10)(3));
        Console.WriteLine(Defaults() + " | " + Defaults(1, day: DayOfWeek.Sunday, none: 5));
        Console.WriteLine(Params("ab", 1, 2, 3) + Params(""));
        Compose(() => Console.Write("a"), () => Console.Write("b"), Console.WriteLine)();
        Console.WriteLine(string.Join(" ", Loops().Select(function => function())));
        Console.WriteLine(Even(500) + " " + Odd(500));
        Transform<object, string> convert = value => value + "!";
        Transform<string, object> variant = convert;
        Console.WriteLine(variant("v"));
        TryParse<int> parse = (text, out result) => int.TryParse(text, out result);
        Console.WriteLine(parse("12", out int parsed) + " " + parsed);
        var withDefault = (int number = 3, params int[] rest) => number + rest.Length;
        Console.WriteLine(withDefault() + withDefault(1, 2, 3));
        Expression<Func<int, int>> expression = number => (number * number) + 1;
        Console.WriteLine(expression + " " + expression.Compile()(6));
        Func<Func<int, int>, Func<int, int>> twice = function => value => function(function(value));
        Console.WriteLine(twice(twice(value => value + 3))(1));
        Predicate<string> method = string.IsNullOrEmpty;
        Func<string, bool> group = "needle in hay".Contains;
        Console.WriteLine(method("") + " " + group("hay") + " " + group.Method.Name);
        int outer = 1;
        Action change = delegate
        {
            outer++;
            void Nested() => outer *= 3;
            Nested();
        };
        change();
        change();
        Console.WriteLine(outer);
    }
}
