using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Humanizer;

namespace Drivers.Humanizer;

/// <summary>Byte sizes and rates: arithmetic, formatting, parsing.</summary>
internal static class Quantities
{
    private static readonly CultureInfo _english = CultureInfo.InvariantCulture;

    public static void Run(TextWriter output)
    {
        double bytes = 0.125;
        for (int i = 0; i < 40; i++, bytes *= 3.7)
        {
            ByteSize size = bytes.Bytes();
            output.WriteLine($"{size.Humanize(_english)} | {size.Humanize("0.000", _english)} | {size.ToString("KB", _english)} | {size.ToString("#.## MB", _english)} | {size.LargestWholeNumberSymbol} {size.LargestWholeNumberFullWord} | {size.ToFullWords(provider: _english)} | {size.Bits}");
            output.WriteLine($"  {size.Per(TimeSpan.FromSeconds(2)).Humanize("0.0", culture: _english)} | {size.Per(1.Minutes()).Humanize(TimeUnit.Hour)} | {size.GetHashCode() == bytes.Bytes().GetHashCode()}");
        }

        ByteSize total = 10.Kilobytes() + 3.Megabytes() - 512.Bytes() + 1.Gigabytes() + 7.Bits();
        total = total.AddKilobytes(1).AddBits(9).Subtract(2.Megabytes());
        output.WriteLine($"{total.Bytes.ToString(_english)} {total.CompareTo(1.Gigabytes())} {total > 5.Terabytes()} {total == total.AddBytes(0)} {-total}");
        foreach (string text in new[] { "1 B", "1.5 KB", "1024kb", "3 GB", "2.25 TB", "8b", " 12 MB ", "1,000 KB", "abc", "", "1.5 b", "100 XB", "12" })
            output.WriteLine(ByteSize.TryParse(text, _english, out ByteSize parsed) ? $"{text} = {parsed.Bits} bits, {parsed.ToString(_english)}" : $"{text} is no size");
        try
        {
            ByteSize.Parse("many bytes", _english);
        }
        catch (FormatException exception)
        {
            output.WriteLine(exception.Message);
        }

        string[] words = ["item", "entry", "process", "person"];
        output.WriteLine(string.Join(", ", words.SelectMany(word => Enumerable.Range(0, 3).Select(count => word.ToQuantity(count, "N0", _english)))));
    }
}
