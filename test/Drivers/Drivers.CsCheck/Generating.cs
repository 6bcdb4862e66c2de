using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CsCheck;

namespace Drivers.CsCheck;

/// <summary>Generators of every kind with fixed seeds.</summary>
internal static class Generating
{
    public static void Run(TextWriter output)
    {
        Show(output, "bool", Gen.Bool);
        Show(output, "byte", Gen.Byte);
        Show(output, "sbyte", Gen.SByte[-5, 5]);
        Show(output, "short", Gen.Short);
        Show(output, "ushort", Gen.UShort[10, 20]);
        Show(output, "int", Gen.Int);
        Show(output, "int range", Gen.Int[-10, 10]);
        Show(output, "positive", Gen.Int.Positive);
        Show(output, "uint", Gen.UInt);
        Show(output, "long", Gen.Long);
        Show(output, "long range", Gen.Long[1, long.MaxValue]);
        Show(output, "ulong", Gen.ULong);
        Show(output, "float", Gen.Float);
        Show(output, "unit", Gen.Float.Unit);
        Show(output, "double", Gen.Double);
        Show(output, "double range", Gen.Double[-1, 1]);
        Show(output, "decimal", Gen.Decimal);
        Show(output, "decimal range", Gen.Decimal[0, 1]);
        Show(output, "date", Gen.Date);
        Show(output, "date time", Gen.DateTime);
        Show(output, "span", Gen.TimeSpan);
        Show(output, "offset", Gen.DateTimeOffset);
        Show(output, "guid", Gen.Guid);
        Show(output, "char", Gen.Char.AlphaNumeric);
        Show(output, "string", Gen.String[Gen.Char['a', 'f'], 0, 8]);
        Show(output, "array", Gen.Int[0, 9].Array[0, 6]);
        Show(output, "unique", Gen.Int[0, 20].ArrayUnique[3, 6]);
        Show(output, "array 2d", Gen.Int[0, 9].Array2D[2, 3].Select(grid => grid.Cast<int>().ToArray()));
        Show(output, "list", Gen.Byte.List[2, 4]);
        Show(output, "set", Gen.Int[0, 9].HashSet[1, 4]);
        Show(output, "dictionary", Gen.Dictionary(Gen.Int[0, 99], Gen.Bool)[1, 3]);
        Show(output, "sorted", Gen.SortedDictionary(Gen.Int[0, 99], Gen.Bool)[1, 3]);
        Show(output, "nullable", Gen.Int[0, 9].Nullable());
        Show(output, "null", Gen.String[0, 3].Null());
        Show(output, "enum", Gen.Enum<DayOfWeek>());
        Show(output, "one of", Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c")));
        Show(output, "one of gens", Gen.OneOf(Gen.Int[0, 3], Gen.Int[100, 103]));
        Show(output, "frequency", Gen.Frequency((1, Gen.Const("rare")), (9, Gen.Const("often"))));
        Show(output, "frequency of gens", Gen.Frequency((3, Gen.Const(1)), (1, Gen.Int[5, 9])));
        Show(output, "shuffle", Gen.Shuffle(new[] { 1, 2, 3, 4, 5 }));
        Show(output, "where", Gen.Int[0, 99].Where(number => number % 7 == 0));
        Show(output, "select many", from count in Gen.Int[1, 4] from items in Gen.Int[0, count].Array[count] select (count, items));
        Show(output, "tuple", Gen.Select(Gen.Bool, Gen.Int[0, 9], Gen.Char['x', 'z'], (flag, number, letter) => $"{flag}{number}{letter}"));
        Show(output, "recursive", Gen.Recursive<string>((depth, tree) => depth > 3 ? Gen.Const("leaf") : Gen.Select(tree, tree, (left, right) => $"({left} {right})")));
        Show(output, "clone", Gen.Int[0, 9].Array[2].Clone().Select(pair => pair.Item1.SequenceEqual(pair.Item2)));
    }

    private static void Show<T>(TextWriter output, string name, Gen<T> gen)
    {
        var pcg = new PCG(7, 12345);
        output.Write(name + ":");
        for (int i = 0; i < 40; i++)
        {
            T value = gen.Generate(pcg, null, out Size size);
            output.Write($" {Print(value)} {(size is null ? "-" : "s")}");
        }

        output.WriteLine();
    }

    private static string Print(object? value) => value switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        IDictionary<int, bool> pairs => "{" + string.Join(",", pairs.Select(pair => $"{pair.Key}:{pair.Value}")) + "}",
        System.Collections.IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(Print)) + "]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
