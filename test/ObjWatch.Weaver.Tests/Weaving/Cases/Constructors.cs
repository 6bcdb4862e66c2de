using System;

static class Program
{
    static void Main()
    {
        new Derived(7);
        new Derived();
        try
        {
            new Refusing(-1);
        }
        catch (ArgumentException)
        {
        }

        new After();
    }
}

class Base
{
    protected int size = 3;

    public Base(int size)
    {
        Prepare();
        if (size < 0)
            throw new ArgumentException("negative");
        this.size = size;
    }

    protected virtual void Prepare()
    {
        size = 4;
    }
}

class Derived : Base
{
    private string name = "none";
    private int count;

    public Derived(int count)
        : base(count > 5 ? count : 5)
    {
        this.count = count;
    }

    public Derived()
        : this(1)
    {
        name = "small";
    }

    protected override void Prepare()
    {
        count = -1;
    }
}

class Refusing : Base
{
    public Refusing(int size)
        : base(size)
    {
    }
}

class After
{
    private static int instances;

    public After()
    {
        instances++;
    }
}
