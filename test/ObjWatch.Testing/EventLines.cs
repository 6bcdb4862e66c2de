using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ObjWatch.Testing;

/// <summary>The lines of an <c>.objwatch</c> file that are events: all behind the header.</summary>
public static partial class EventLines
{
    private static readonly string _rule = new('=', 80);

    /// <summary>The lines of a file, read one by one.</summary>
    public static IEnumerable<string> Of(string path) => WithoutHeader(File.ReadLines(path));

    /// <summary>Lines without the header, if they have one.</summary>
    public static IEnumerable<string> WithoutHeader(IEnumerable<string> lines)
    {
        int rules = 0;
        int number = 0;
        foreach (string line in lines)
        {
            bool isRule = line == _rule && (number == 0 || rules == 1);
            if (isRule)
                rules++;
            else if (rules != 1)
                yield return line;
            number++;
        }
    }

    /// <summary>A line without the number of its thread, for what may happen on whatever thread of the pool: its number is that of the
    /// thread's first event, and there is none on the lines before a second thread's.</summary>
    public static string WithoutThread(string line) => ThreadMark.Replace(line, "");

    /// <summary>Text without its header.</summary>
    public static string In(string text) => string.Concat(WithoutHeader(text.Split('\n').SkipLast(1)).Select(line => line + "\n"));

    [GeneratedRegex(@" \[T\d+\]$")]
    private static partial Regex ThreadMark { get; }
}
