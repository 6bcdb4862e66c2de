using System;
using System.Collections.Generic;
using System.Threading.Tasks;

static class Program
{
    static async Task<int> SumAsync(int count, Task signal)
    {
        int sum = 0;
        var seen = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string text = "n" + i;
            await signal;
            sum += i;
            seen.Add(text);
        }

        (int left, int right) = (sum, 5);
        int.TryParse("12", out left);
        Func<int> add = () => right += left;
        right = 7;
        add();
        signal = Task.CompletedTask;
        await signal;
        return left + right + seen.Count;
    }

    static IEnumerable<int> Squares(int to)
    {
        var given = new Stack<int>();
        for (int i = 1; i <= to; i++)
        {
            int square = i * i;
            given.Push(square);
            yield return square;
        }

        foreach (int one in given)
            Console.WriteLine(one);
    }

    static void Main()
    {
        var signal = new TaskCompletionSource();
        Task<int> sum = SumAsync(2, signal.Task);
        signal.SetResult();
        Console.WriteLine(sum.Result);
        foreach (int square in Squares(2))
            Console.WriteLine(square);
    }
}
