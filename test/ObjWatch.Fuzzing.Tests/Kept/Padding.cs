// A structure with bytes between its fields: copies of it differ there, and that is no change.
class Node : Tracked
{
    private Mark _mark = new(1, "a");

    public int Change(int a)
    {
        object boxed = _mark;
        int sum = boxed switch
        {
            Point point => point.X,
            Mark mark => mark.Number + mark.Word.Length,
            _ => a,
        };
        _mark.Number += sum;
        return _mark.Number;
    }

    public override void Describe(TextWriter output)
    {
        base.Describe(output);
        for (int i = 0; i < 100; i++)
            Text(_mark);
        Write(output, "Node._mark", _mark);
    }
}

public static class Program
{
    public static Task Run(TextWriter output)
    {
        var node = new Node();
        output.WriteLine(node.Change(4));
        node.Describe(output);
        output.WriteLine("END 1");
        return Task.CompletedTask;
    }
}
