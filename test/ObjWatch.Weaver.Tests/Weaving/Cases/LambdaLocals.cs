using System;
using System.Collections.Generic;
using System.Threading.Tasks;

// Collections that lambdas store and change, in captured variables and in members; other objects' collections; variables that share a slot.

class Shop
{
    List<int> _items;
    static List<string> s_names;

    public void Run()
    {
        List<int> own = null;
        int n = 3;
        Action fill = () =>
        {
            _items = new List<int>();
            _items.Add(n);
            own = new List<int> { 1 };
            own.Add(2);
            s_names = new List<string>();
            s_names.Add("a");
        };
        fill();
        Action nested = () =>
        {
            int m = n;
            Action inner = () =>
            {
                _items.Add(m);
                m++;
            };
            inner();
            inner();
        };
        nested();
        own.Clear();
    }

    public async Task LaterAsync(int n)
    {
        Func<Task> later = async () =>
        {
            await Task.CompletedTask;
            _items.Add(n);
            _items = null;
        };
        await later();
    }

    public void Replace(Shop other)
    {
        other._items = new List<int>();
        other._items.Add(1);
        other._items = _items;
        List<int> kept = other._items = new List<int> { 4 };
        other._items = null;
        kept.Add(5);
        other._items = kept;
    }

    public int Look() => _items.Count;
}

static class Program
{
    static void Main()
    {
        var shop = new Shop();
        shop.Run();
        shop.LaterAsync(8).Wait();
        shop.Replace(new Shop());
        shop.Replace(shop);
        shop.Look();
        for (int i = 0; i < 2; i++)
        {
            {
                int first = Number(7);
                Console.WriteLine(first + first);
            }

            {
                int second = Number(3);
                Console.WriteLine(second + second);
            }
        }
    }

    static int Number(int n) => n;
}
