using System;
using System.Runtime.CompilerServices;
using System.Threading;

static class Program
{
    static void Main()
    {
        var subject = new Subject();
        Console.WriteLine(subject.LastInTry());
        Console.WriteLine(subject.LastInCatch());
        subject.Loop();
        for (int i = 0; i < 2; i++)
            Console.WriteLine(Subject.MaybeStatic(i == 1, i + 100));
        subject.Changed += Ignore;
        subject.Changed -= Ignore;
        Console.WriteLine(new Large().Sum(2));
        var points = new Point[2];
        points[1].X += 7;
        points[1].Move(1);
        Point point = points[1];
        point.X *= 2;
        point.Y++;
        Console.WriteLine(points[1].X + point.X);
        new Shape().Swap();
        var local = new FileLocal<int>();
        local.Keep(5);
        local.Keep(6);
    }

    static void Ignore(object sender, EventArgs e)
    {
    }
}

class Subject
{
    static int _count;
    int _value;

    public event EventHandler Changed;

    public int LastInTry()
    {
        try
        {
            Interlocked.Increment(ref _value);
        }
        finally
        {
            _value += 10;
        }

        return _value;
    }

    public int LastInCatch()
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException) when (Set(ref _value, 20))
        {
            Set(ref _value, 30);
        }
        finally
        {
            Set(ref _value, 40);
        }

        return _value;
    }

    public void Loop()
    {
        for (int i = 0; i < 3; i++)
        {
            if (i == 0 ? Set(ref _value, 50) : i == 1)
            {
                _value++;
                continue;
            }

            _value += 100;
        }
    }

    [SkipLocalsInit]
    public static int MaybeStatic(bool increment, int other) => increment ? Interlocked.Increment(ref _count) : other;

    static bool Set(ref int place, int value)
    {
        place = value;
        return true;
    }
}

[InlineArray(4000)]
struct Buffer
{
    int _first;
}

struct Point
{
    public int X, Y;

    public void Move(int by) => Add(ref X, by);

    static void Add(ref int place, int by) => place += by;
}

class Shape
{
    Point _corner = new Point { X = 1, Y = 2 };

    public void Swap()
    {
        (_corner.X, _corner.Y) = (_corner.Y, _corner.X);
        _corner = Moved(ref _corner.X);
    }

    Point Moved(ref int place)
    {
        place++;
        Point moved = _corner;
        moved.Y = 9;
        return moved;
    }
}

class Large
{
    Buffer _buffer;

    public int Sum(int n)
    {
        _buffer[n] = n;
        return n == 0 ? _buffer[0] : _buffer[n] + Sum(n - 1);
    }
}

file class FileLocal<T>
{
    T _kept;

    public void Keep(T value) => _kept = value;
}
