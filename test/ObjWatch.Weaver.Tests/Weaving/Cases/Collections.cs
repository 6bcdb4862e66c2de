using System;
using System.Collections.Generic;
using System.Text;

static class Program
{
    static void Main()
    {
        var shop = new Shop();
        shop.Open();
        shop.Sell("pear");
        shop.Sell("plum");
        shop.Restock(new List<string> { "kiwi" });
        shop.Names.Add("from outside");
        shop.Close();
    }
}

class Shop
{
    private readonly Dictionary<string, int> prices = new();
    private readonly HashSet<int> days = new();
    private IList<string> shelf = new List<string>();
    private StringBuilder log;

    public List<string> Names { get; } = new();

    public void Open()
    {
        log = new StringBuilder("open;");
        for (int i = 0; i < 3; i++)
            shelf.Add("fruit " + i);
        prices["pear"] = 3; prices["plum"] = 2;
        days.Add(1);
    }

    public bool Sell(string fruit)
    {
        if (prices.Remove(fruit))
            return true;
        log.Append("no ").Append(fruit);
        return shelf.Count > 0 && Take(1);
    }

    private bool Take(int count)
    {
        while (count-- > 0)
            shelf.RemoveAt(0);
        return true;
    }

    public void Restock(List<string> fresh)
    {
        shelf = fresh;
        shelf.Add("lime");
    }

    public void Close()
    {
        shelf.Clear();
    }
}
