using System;

// Where loops begin again: what is reported there is reported on every turn, also where the loop comes first or a method never returns.

class Counter
{
    int _count;

    public void Do()
    {
        do
        {
            Step();
            _count++;
        }
        while (_count % 3 != 0);
    }

    public void Again(int turns)
    {
    again:
        Step();
        if (--turns > 0)
            goto again;
    }

    public int Endless()
    {
        while (true)
        {
            Step();
            if (_count++ > 4)
                throw new InvalidOperationException("no more");
        }
    }

    void Step()
    {
    }
}

static class Program
{
    static void Main()
    {
        var counter = new Counter();
        counter.Do();
        counter.Again(2);
        try
        {
            counter.Endless();
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
