// In Release the closure that captures a constructor's parameters lies on the stack while the base constructor is called.
class Node : Tracked
{
    private int _total;

    public Node(int a, string s)
    {
        Func<int, int> add = x => a + x + s.Length + _total;
        _total = add(3);
    }

    public override void Describe(TextWriter output)
    {
        base.Describe(output);
        Write(output, "Node._total", _total);
    }
}

public static class Program
{
    public static Task Run(TextWriter output)
    {
        new Node(2, "four").Describe(output);
        output.WriteLine("END 1");
        return Task.CompletedTask;
    }
}
