using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[InlineArray(4)]
struct Four
{
    int _first;
}

struct Point
{
    public int X;
    public int Y;
}

ref struct Cursor
{
    public ref int Place;
}

unsafe class Board
{
    int _score;
    int _level;
    int _other;
    string _name = "start";
    Point _point;
    Four _cells;

    public int Local()
    {
        ref int score = ref _score;
        score = 10;
        score += Three();
        _score = 20;
        score++;
        return _score;
    }

    public ref int Score() => ref _score;

    int Three() => 3;

    public void Pointer()
    {
        fixed (int* level = &_level)
        {
            *level = 5;
            *level += 1;
        }
    }

    public void Span()
    {
        Span<int> cells = _cells;
        cells[1] = 7;
        cells.Fill(2);
        _cells[3]++;
        Span<string> names = MemoryMarshal.CreateSpan(ref _name, 1);
        names[0] = "changed";
    }

    public void InPlace()
    {
        _point.X = 3;
        ref Point point = ref _point;
        point.Y = 4;
        point = default;
        var cursor = new Cursor { Place = ref _level };
        cursor.Place = 50;
    }

    public void Look()
    {
        _other++;
    }
}

static class Program
{
    static void Main()
    {
        var board = new Board();
        board.Local();
        ref int score = ref board.Score();
        score = 100;
        board.Look();
        board.Pointer();
        board.Span();
        board.InPlace();
    }
}
