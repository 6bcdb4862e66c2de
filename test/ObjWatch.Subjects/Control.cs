// Control flow: switches with tables and patterns, goto, nested loops, long branches that overflow their short form once probes are in.
using System;
using System.Collections.Generic;
using System.Text;

namespace Subjects.Control;

internal enum Color : byte
{
    Red = 1,
    Green = 2,
    Blue = 4,
    White = 7,
}

internal sealed class State
{
    public int A, B, C, D, E, F, G, H;
    public string Text = "";
    public static int Total;

    public int Long(int input)
    {
        // Every branch spans many stores: with probes none of them fits into a signed byte.
        int turns = 0;
        while (turns < input)
        {
            turns++;
            if (turns % 2 == 0)
            {
                A += turns;
                B -= turns;
                C ^= turns;
                D |= turns;
                E += A + B;
                F += C + D;
                G = E - F;
                H = G * 3;
                Text += (char)('a' + (turns % 26));
                Total += H;
                if (turns % 6 == 0)
                    continue;
            }
            else
            {
                A--;
                B++;
                C += A;
                D += B;
                E -= C;
                F -= D;
                G += E;
                H += F;
                Text = Text.Length > 20 ? Text[10..] : Text + turns;
                Total -= G;
                if (turns > 40)
                    break;
            }

            A = turns > 20 ? A + 1 : A - 1;
            B = A > B ? A : B;
            C = B switch { > 100 => C / 2, < -100 => C + 7, _ => C };
            Total += A & B & C;
        }

        return turns;
    }

    public override string ToString() => $"{A} {B} {C} {D} {E} {F} {G} {H} {Text}";
}

internal static class Program
{
    private static string Table(int number)
    {
        switch (number)
        {
            case 0: return "zero";
            case 1: return "one";
            case 2: return "two";
            case 3:
            case 4: return "few";
            case 5: goto case 1;
            case 6: goto default;
            case 7: return "seven";
            case 8: return "eight";
            case 1000: return "thousand";
            case -5: return "minus five";
            default: return "many";
        }
    }

    private static int Words(string word) => word switch
    {
        "alpha" => 1, "bravo" => 2, "charlie" => 3, "delta" => 4, "echo" => 5, "foxtrot" => 6, "golf" => 7, "hotel" => 8, "" => 0,
        ['x', .., 'z'] => word.Length,
        { Length: > 10 } => -1,
        _ => -2,
    };

    private static string Pattern(object? value) => value switch
    {
        null => "null",
        int and > 100 => "big",
        int number when number % 2 == 0 => "even",
        int => "odd",
        Color.Red or Color.Green => "warm",
        Color color => "color " + (byte)color,
        (int x, int y) when x == y => "diagonal",
        (int x, _) => "point " + x,
        List<int> { Count: 2 } and [var first, _] => "pair of " + first,
        IEnumerable<int> => "ints",
        string { Length: 0 } => "empty",
        string text => text,
        not bool => value.GetType().Name,
        true => "yes",
        false => "no",
    };

    private static string Goto(int start)
    {
        var text = new StringBuilder();
        int number = start;
    again:
        text.Append(number).Append(' ');
        if (number == 1)
            goto done;
        number = number % 2 == 0 ? number / 2 : (3 * number) + 1;
        if (text.Length < 120)
            goto again;
        text.Append("...");
    done:
        return text.ToString();
    }

    private static int Search(int[][] rows, int wanted)
    {
        int seen = 0;
        foreach (int[] row in rows)
        {
            foreach (int cell in row)
            {
                seen++;
                if (cell == wanted)
                    goto found;
                if (cell < 0)
                    goto next;
            }

        next:;
        }

        return -seen;
    found:
        return seen;
    }

    private static string Bits(Color color)
    {
        bool red = (color & Color.Red) != 0, green = color.HasFlag(Color.Green);
        bool blue = color >= Color.Blue ? true : false;
        return $"{red} {green} {blue} {red ^ green} {(red & !blue) | green}";
    }

    private static long Arithmetic(int number)
    {
        long result = 0;
        unchecked
        {
            result += (int)(uint)(number * 0x7fffffff);
            result ^= (short)number << 20;
            result += (byte)(number >> 3) | (number >>> 28);
        }

        try
        {
            checked
            {
                result += (byte)(number * 10);
            }
        }
        catch (OverflowException)
        {
            result = -result;
        }

        return result;
    }

    private static int Do(int from)
    {
        int i = from, sum = 0;
        do
        {
            if (i == 3)
                continue;
            for (int j = 0, k = 10; j < k; j += 2, k--)
                sum += j * k;
            sum -= i;
        }
        while (--i > 0);
        return sum;
    }

    private static void Main()
    {
        foreach (int number in new[] { -5, 0, 1, 2, 4, 5, 6, 7, 8, 9, 1000 })
            Console.Write(Table(number) + " ");
        Console.WriteLine();
        foreach (string word in "alpha,hotel,,xyz,xaz,elephantine-long,what".Split(','))
            Console.Write(Words(word) + " ");
        Console.WriteLine();
        foreach (object? value in new object?[] { null, 500, 4, 5, Color.Red, Color.White, (1, 1), (1, 2), new List<int> { 7, 8 }, new[] { 1 }, "", "t", 1.5, true, false })
            Console.Write(Pattern(value) + ", ");
        Console.WriteLine();
        Console.WriteLine(Goto(27) + "| " + Goto(6));
        int[][] rows = [[1, 2, -1, 3], [4, 5], [6]];
        Console.WriteLine($"{Search(rows, 3)} {Search(rows, 5)} {Search(rows, 6)}");
        Console.WriteLine(Bits(Color.Red) + " " + Bits(Color.White));
        Console.WriteLine($"{Arithmetic(5)} {Arithmetic(-77)} {Arithmetic(1 << 27)}");
        Console.WriteLine(Do(5));
        var state = new State();
        Console.WriteLine($"{state.Long(12)} {state}");
        Console.WriteLine($"{state.Long(60)} {state} {State.Total}");
    }
}
