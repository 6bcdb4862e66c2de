using System;
using System.Collections.Generic;

static class Program
{
    static void Main()
    {
        int total = 0;
        for (int i = 1; i <= 3; i++)
            total += i;
        string text = "sum " + total;
        int captured = 5;
        Action change = () => captured = 6;
        change();
        {
            var point = (X: 1, Y: 2);
            point = (3, 4);
            Console.WriteLine(point.X + captured + text);
        }
    }
}
