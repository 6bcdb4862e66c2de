using System;
using System.Runtime.CompilerServices;

// Elements of an inline array that are changed in place; a trace shows the first.

struct Point
{
    public int X;
    public int Y;
}

[InlineArray(3)]
struct Points
{
    Point _first;
}

class Path
{
    Points _points;

    public void Change(int i)
    {
        _points[i].X = 3;
        _points[i].Y++;
        this._points[i] = default;
        foreach (ref Point point in _points)
            point.X = 7;
    }

    public int Sum()
    {
        int sum = 0;
        foreach (Point point in _points)
            sum += point.X + point.Y;
        return sum;
    }
}

static class Program
{
    static void Main()
    {
        var path = new Path();
        path.Change(0);
        path.Change(2);
        Console.WriteLine(path.Sum());
    }
}
