using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Humanizer;

namespace Drivers.Humanizer;

/// <summary>Numbers in words, ordinals, Roman numerals, metric prefixes, fluent factors, headings.</summary>
internal static class Numbers
{
    private static readonly CultureInfo _english = CultureInfo.InvariantCulture;

    public static void Run(TextWriter output)
    {
        long[] numbers =
        [
            .. Enumerable.Range(0, 130).Select(number => (long)number), 199, 200, 999, 1000, 1001, 1100, 3501, 10_000, 99_999, 100_000, 1_000_000, 1_234_567, 11_111_111, 100_000_001,
            1_000_000_000, 2_147_483_647, 9_876_543_210, 1_000_000_000_000, long.MaxValue, -1, -42, -1_001,
        ];
        foreach (long number in numbers)
        {
            output.Write(number);
            output.Write(' ');
            output.Write(number.ToWords(culture: _english));
            output.Write(" | ");
            output.Write(number.ToWords(_english, addAnd: false));
            if (number is >= int.MinValue and <= int.MaxValue)
            {
                int small = (int)number;
                output.Write($" | {small.ToOrdinalWords(_english)} | {small.Ordinalize(_english)} | {small.ToTuple()}");
                if (small is > 0 and < 4000)
                    output.Write($" | {small.ToRoman()} {small.ToRoman().FromRoman()}");
            }

            output.WriteLine();
        }

        foreach (double number in new[] { 0.0, 1, 999, 1000, 1234.5678, 1e6, 1.5e9, 7e-3, 4.2e-6, -2500, 123456789, 1e20, 1e-15 })
        {
            string metric = number.ToMetric(decimals: 2);
            output.WriteLine($"{metric} {number.ToMetric(MetricNumeralFormats.WithSpace | MetricNumeralFormats.UseName, 1)} {metric.FromMetric().ToString("R", _english)}");
        }

        output.WriteLine($"{3.Tens()} {4.Hundreds()} {5.Thousands()} {6.Millions()} {2.Billions()} {1.25.Thousands().ToString(_english)}");
        for (double heading = 0; heading < 360; heading += 22.5)
            output.WriteLine($"{heading.ToHeading()} {heading.ToHeading(HeadingStyle.Full)} {heading.ToHeadingArrow()} {heading.ToHeading().FromAbbreviatedHeading().ToString(_english)}");
        foreach (string roman in new[] { "IV", "mcmxcix", "MMMCMXCIX", "IIII", "ABC" })
            output.WriteLine(Attempt(() => roman.FromRoman()));
        foreach (int number in new[] { 0, 4000, -1 })
            output.WriteLine(Attempt(() => number.ToRoman()));
        output.WriteLine(Attempt(() => "12q".FromMetric()));
    }

    private static string ToTuple(this int number) => TupleizeExtensions.Tupleize(number);

    private static string Attempt(Func<object> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (ArgumentException exception)
        {
            return exception.GetType().Name + " " + exception.Message.Split('\n')[0];
        }
    }
}
