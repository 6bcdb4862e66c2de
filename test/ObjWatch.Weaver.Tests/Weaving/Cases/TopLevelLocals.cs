using System;
using System.Threading.Tasks;

// Top-level statements and what compilers name in their own way: lambdas and local functions of <Main>$, parameters that a struct keeps.
// A variable that goes out of scope where no brace ends its block makes no event; one that the source sets to null does.

Action<int> print = n => Console.WriteLine(n);
Func<int> local = Local;
print(local());
foreach (string word in new[] { "a", "b" })
    Console.WriteLine(await Echo(word));
foreach (Meter meter in new[] { new Meter("m", 2), new Meter("n", 3) })
    Console.WriteLine(await Echo(meter.Step()));
string text = await Echo("t");
Console.WriteLine(text);
text = null;
await Echo(text);
Console.WriteLine(text == null);

int Local() => 5;

static async Task<T> Echo<T>(T value)
{
    await Task.CompletedTask;
    return value;
}

struct Meter(string name, int start)
{
    private int _value = start;

    public string Step() => name + _value++;
}
