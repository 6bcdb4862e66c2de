using System;

static class Program
{
    static void Main()
    {
        var p = new Point(1, 2);
        p.Move(3);
        var shape = new Shape { Corner = p, Color = Color.Red };
        shape.Corner.X = 9;
        shape.Color = Color.Green | Color.Blue;
        shape.When = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        shape.Maybe = 4;
        shape.Maybe = null;
        shape.Price = 1.50m;
        shape.Letter = 'ß';
        shape.Ready = true;
        Read(stackalloc int[] { 1, 2 }, ref p, out int sum);
    }

    static int Read(ReadOnlySpan<int> numbers, ref Point point, out int sum)
    {
        sum = numbers[0] + numbers[1];
        return sum + point.X;
    }
}

[Flags]
enum Color
{
    None = 0,
    Red = 1,
    Green = 2,
    Blue = 4,
}

struct Point
{
    public int X, Y;

    public Point(int x, int y)
    {
        X = x;
        Y = y;
    }

    public void Move(int by)
    {
        X += by;
        Y += by;
    }
}

class Shape
{
    public Point Corner;
    public Color Color;
    public DateTime When;
    public int? Maybe;
    public decimal Price;
    public char Letter;
    public bool Ready;
}
