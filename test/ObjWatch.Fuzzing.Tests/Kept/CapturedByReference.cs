// What is stored to a captured or hoisted variable through an address that is kept; in Release the address of `sum` stays on the stack from
// one statement to the next. In `Chosen` the address is taken behind the switch expression, in code that belongs to no line.
class Node : Tracked
{
    public int Captured(int a)
    {
        Span<int> span = new(ref a);
        Func<int> read = () => a;
        span[0] = 3;
        a += 2;
        span[0]++;
        a *= 10;
        return read();
    }

    public int Chosen(int a, string s)
    {
        Func<int> read = () => a;
        Helper.Give(out a, Helper.Same((1, s)) switch { (0, _) => 4, (var n, "cat") when n > 1 => n, _ => a });
        a += 7;
        return read();
    }

    public int Either(int a)
    {
        Func<int> read = () => a;
        ref int first = ref a;
        first = 9;
        ref int second = ref (read() > 100 ? ref a : ref first);
        second = a--;
        a = 0;
        return first;
    }

    public async Task<int> Hoisted(int n)
    {
        int kept = n;
        await Task.Yield();
        {
            ref int place = ref kept;
            place = 5;
            kept += 3;
            place++;
        }

        await Task.Yield();
        kept++;
        return kept;
    }

    public int OnTheStack(int n)
    {
        int sum = n;
        Add(2);
        sum *= 10;
        return sum;

        void Add(int by)
        {
            ref int place = ref sum;
            place += by;
            place++;
        }
    }
}

public static class Program
{
    public static async Task Run(TextWriter output)
    {
        var node = new Node();
        output.WriteLine(node.Captured(1));
        output.WriteLine(node.Chosen(3, "elk"));
        output.WriteLine(node.Either(1));
        output.WriteLine(await node.Hoisted(2));
        output.WriteLine(node.OnTheStack(2));
        node.Describe(output);
        output.WriteLine("END 1");
    }
}
