// Top-level statements, a module initializer, an awaited call, local functions, arguments and an exit code.
using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

int total = 0;
string[] words = ["one", "two", "three"];
foreach (string word in words)
    total += Length(word);
Console.WriteLine($"{total} {Early.Value} {args.Length}");
await Task.Yield();
Console.WriteLine(string.Join(" ", words.Select(word => Later(word))));
var counter = new Counter { Count = 3 };
counter.Count++;
Console.WriteLine(counter.Count);
return total;

int Length(string text)
{
    total++;
    return text.Length;
}

static string Later(string text) => new(text.Reverse().ToArray());

internal static class Early
{
    public static string Value = "not yet";

    [ModuleInitializer]
    internal static void Initialize()
    {
        Value = "initialised";
        Console.WriteLine("module initializer");
    }

    [ModuleInitializer]
    internal static void InitializeToo() => Value += " twice";
}

internal sealed class Counter
{
    public int Count { get; set; }
}
