using System;
using System.Collections.Generic;

// Accessors that are written out and store to `field`: nothing marks them as the compiler's, and what they store to has no name of its own.

class Settings
{
    public int Clamped { get; set => field = Math.Clamp(value, 0, 10); } = 5;

    public string Lazy => field ??= "made";

    public List<int> Items { get => field ??= new(); set; }

    public string Name { get; init => field = value.Trim(); } = "";

    public static int Shared { get; set => field = value + 1; }
}

static class Program
{
    static void Main()
    {
        var settings = new Settings { Name = " n ", Clamped = 50 };
        settings.Clamped -= 3;
        settings.Items.Add(1);
        settings.Items = null;
        Settings.Shared = 4;
        Console.WriteLine(settings.Lazy + settings.Lazy + settings.Name + settings.Items.Count);
    }
}
