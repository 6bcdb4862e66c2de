using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

static class Program
{
    static void Main()
    {
        var counter = new Counter();
        Func<int, int> add = n => n + counter.Total;
        counter.Total = 1;
        Console.WriteLine(add(2));
        Console.WriteLine(Twice(4));
        counter.Each(new[] { 5, 6 });
        foreach (int i in counter.Numbers())
            Console.WriteLine(i);
        counter.LaterAsync().Wait();

        int Twice(int n)
        {
            return 2 * n;
        }
    }
}

class Counter
{
    public int Total;

    public void Each(int[] values) => Array.ForEach(values, v => Total += v);

    public IEnumerable<int> Numbers()
    {
        Total = 20;
        yield return Total;
        Total = 21;
        yield return Total;
    }

    public async Task LaterAsync()
    {
        Total = 30;
        await Task.CompletedTask;
        Total = 31;
    }
}
