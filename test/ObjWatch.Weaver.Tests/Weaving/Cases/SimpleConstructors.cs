using System;
using System.Threading;

static class Program
{
    static void Main()
    {
        var person = new Person("Ada", 36);
        var pair = new Pair<int, string>(1, "one");
        var employee = new Employee("Bob", 7);
        var range = new Range(2, 5);
        Console.WriteLine(person.Age + pair.Key + employee.Number + range.Length);
    }
}

class Person
{
    private readonly string name;
    private bool known = true;

    public Person(string name, int age)
    {
        this.name = name;
        Age = age;
    }

    public int Age { get; }
}

class Employee : Person
{
    public int Number;

    public Employee(string name, int number)
        : base(name, Random(40))
    {
        Number = number;
    }

    private static int Random(int n) => n + 1;
}

class Pair<K, V>
{
    public readonly K Key;
    public readonly V Value;

    public Pair(K key, V value)
    {
        Key = key;
        Value = value;
    }
}

readonly struct Range
{
    private readonly int start, end;

    public Range(int start, int end)
    {
        this.start = start;
        this.end = end;
    }

    public int Length => end - start;
}
