// A `ref` local of a collection is no collection: in Debug its length was asked for, which no runtime compiles.
class Node : Tracked
{
    private List<int> _items = new();

    public void Replace()
    {
        ref List<int> items = ref _items;
        items = new List<int> { 1 };
        items.Add(2);
    }

    public override void Describe(TextWriter output)
    {
        base.Describe(output);
        Write(output, "Node._items", _items);
    }
}

public static class Program
{
    public static Task Run(TextWriter output)
    {
        var node = new Node();
        node.Replace();
        node.Describe(output);
        output.WriteLine("END 1");
        return Task.CompletedTask;
    }
}
