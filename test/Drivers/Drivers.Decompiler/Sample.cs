using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Drivers.Decompiler;

/// <summary>Something of everything, to be decompiled.</summary>
internal sealed class Sample
{
    private readonly List<int> _numbers = [1, 2, 3];
    private event EventHandler? Changed;

    public string Name { get; set; } = "name";

    public int this[int index] => _numbers[index];

    public int Sum()
    {
        int sum = 0;
        foreach (int number in _numbers)
        {
            if (number % 2 == 0)
                continue;
            sum += number switch { 1 => 10, 3 => 30, > 5 => 50, _ => 0 };
        }

        for (int i = 0; i < 3; i++)
            sum ^= i << 2;
        return sum;
    }

    public IEnumerable<string> Words(string text)
    {
        foreach (string word in text.Split(' '))
        {
            try
            {
                yield return word.Trim();
            }
            finally
            {
                Name += word;
            }
        }
    }

    public async Task<int> LaterAsync(int number)
    {
        try
        {
            await Task.Delay(number);
            return await LaterAsync(number - 1);
        }
        catch (ArgumentException exception) when (exception.ParamName == "millisecondsDelay")
        {
            Changed?.Invoke(this, EventArgs.Empty);
            return -1;
        }
    }

    public Func<int, int> Closure(int start)
    {
        int calls = 0;
        int Add(int x) => x + start + calls++;
        return x => Add(x) * _numbers.Where(n => n > x).Select(n => new { n, Square = n * n }).Sum(pair => pair.Square);
    }

    public static string Describe(object? value) => value switch
    {
        null => "nothing",
        string { Length: 0 } => "empty",
        (int left, int right) => $"{left}/{right}",
        int[] and [var first, ..] => first.ToString("X", null),
        _ => value.ToString() ?? "?",
    };

    public static unsafe long Bits(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BitConverter.TryWriteBytes(bytes, value);
        lock (typeof(Sample))
        {
            goto end;
        }

    end:
        return *(long*)&value ^ bytes[0];
    }
}

/// <summary>A record struct.</summary>
internal readonly record struct Pair<T>(T First, T Second)
    where T : IComparable<T>
{
    public T Larger => First.CompareTo(Second) > 0 ? First : Second;
}
