using System;
using System.Reflection;

// What reflection stores is not seen: but for a member whose address is kept somewhere, and as the old value of the next store.

class Account
{
    int _balance;
    int _watched;

    public ref int Watched() => ref _watched;

    public void Deposit(int amount)
    {
        _balance += amount;
    }

    public void Look()
    {
    }
}

static class Program
{
    static void Main()
    {
        var account = new Account();
        account.Deposit(1);
        Set(account, "_balance", 50);
        Set(account, "_watched", 60);
        account.Look();
        account.Deposit(2);
        Console.WriteLine(account.Watched());
    }

    static void Set(Account account, string name, int value) =>
        typeof(Account).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(account, value);
}
