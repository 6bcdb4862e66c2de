using System;
using System.Collections.Generic;
using System.Threading;

// Statements that take a member's address and also call what stores to the member.

struct Point
{
    public int X;

    public void Move(int by) => X += by;
}

class Account
{
    static int s_count;
    int _balance;
    Point _point;

    public void Deposit()
    {
        Add(ref _balance, Changed(5));
        Interlocked.Add(ref _balance, Changed(3));
        _balance = Add(ref _balance, 1) + Changed(2);
        Add(ref _balance, 0);
        _point.Move(Moved(4));
        Interlocked.Add(ref s_count, Counted());
        Both(ref _balance, ref _balance);
    }

    public void Fail()
    {
        try
        {
            Add(ref _balance, Failing(9));
        }
        catch (InvalidOperationException)
        {
        }
    }

    public void Choose(bool mine, Account other) => Add(ref mine ? ref _balance : ref other._balance, Changed(1));

    static int Add(ref int place, int by) => place += by;

    static void Both(ref int one, ref int other)
    {
        one++;
        other++;
    }

    int Changed(int by)
    {
        _balance += by;
        return by;
    }

    int Moved(int by)
    {
        _point.X = by;
        return by;
    }

    static int Counted() => s_count += 10;

    int Failing(int by)
    {
        _balance += by;
        throw new InvalidOperationException();
    }
}

class Twofold
{
    int _number;
    int _other;

    public void Run() => Twice(ref _number, ref _other);

    void Twice(ref int place, ref int other)
    {
        place = 3;
        other = 1;
        _number = 5;
        place = 7;
    }
}

static class Program
{
    static void Main()
    {
        var account = new Account();
        account.Deposit();
        account.Fail();
        account.Choose(true, account);
        account.Choose(false, new Account());
        new Twofold().Run();
        int local = 1;
        ref int kept = ref local;
        kept = 5;
        local++;
        kept += Twice(local);
        Span<int> span = new(ref local);
        span[0] = 2;
        Console.WriteLine(local);
    }

    static int Twice(int number) => number * 2;
}
