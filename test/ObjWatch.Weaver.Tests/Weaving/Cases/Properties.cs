using System;
using System.Collections.Generic;

static class Program
{
    static void Main()
    {
        var account = new Account { Owner = "Ada", Limit = 5 };
        account.Balance = 10;
        account.Balance = 10;
        account.Balance = -1;
        account.Changed += () => { };
        account.Raise();
        account[2] = "two";
        Console.WriteLine(account.Balance + account[2].Length);
    }
}

class Account
{
    private readonly Dictionary<int, string> names = new();
    private int balance;
    private Action handler;

    public string Owner { get; set; }

    public int Limit { get; init; }

    public int Lowest { get; private set; } = int.MaxValue;

    public int Balance
    {
        get => balance;
        set
        {
            balance = value;
            if (value < Lowest)
                Lowest = value;
        }
    }

    public event Action Changed
    {
        add => handler += value;
        remove => handler -= value;
    }

    public string this[int index]
    {
        get => names[index];
        set => names[index] = value;
    }

    public void Raise() => handler();
}
