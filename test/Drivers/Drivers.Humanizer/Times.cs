using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Humanizer;

namespace Drivers.Humanizer;

/// <summary>Dates and time spans, always relative to a fixed moment.</summary>
internal static class Times
{
    private static readonly CultureInfo _english = CultureInfo.InvariantCulture;
    private static readonly DateTime _now = new(2024, 2, 29, 13, 14, 15, DateTimeKind.Utc);

    private static IEnumerable<TimeSpan> Spans()
    {
        long ticks = 7;
        for (int i = 0; i < 45; i++)
        {
            yield return TimeSpan.FromTicks(ticks);
            ticks = ticks * 9 / 5;
        }

        for (int days = 0; days < 800; days += 37)
            yield return TimeSpan.FromDays(days);
    }

    public static void Run(TextWriter output)
    {
        foreach (TimeSpan span in Spans())
        {
            output.WriteLine($"{span.Humanize(culture: _english)} | {span.Humanize(3, _english)} | {span.Humanize(7, _english, minUnit: TimeUnit.Second, maxUnit: TimeUnit.Year, collectionSeparator: " + ")} | {span.Humanize(2, countEmptyUnits: true, _english, toWords: true)} | {(-span).Humanize(2, _english)}");
            if (span < TimeSpan.FromDays(100_000))
            {
                output.WriteLine($"  {(_now + span).Humanize(utcDate: true, dateToCompareAgainst: _now, culture: _english)} | {(_now - span).Humanize(utcDate: true, dateToCompareAgainst: _now, culture: _english)} | {new DateTimeOffset(_now - span).Humanize(_now, _english)}");
            }
        }

        foreach (DateTime date in Enumerable.Range(0, 24).Select(number => _now.AddDays(number * 17)))
            output.WriteLine($"{date.ToOrdinalWords()} {DateOnly.FromDateTime(date).ToOrdinalWords()} {DateOnly.FromDateTime(date).Humanize(DateOnly.FromDateTime(_now), _english)} {TimeOnly.FromDateTime(date).Humanize(new TimeOnly(12, 0), culture: _english)}");
        for (int minute = 0; minute < 1440; minute += 35)
            output.WriteLine(new TimeOnly(minute / 60, minute % 60).ToClockNotation() + " " + new TimeOnly(minute / 60, minute % 60).ToClockNotation(ClockNotationRounding.NearestFiveMinutes));
        output.WriteLine(string.Join(" ", 2.Milliseconds(), 3.Seconds(), 4.Minutes(), 5.Hours(), 6.Days(), 7.Weeks(), (2.Weeks() + 3.Days()).Humanize(2)));
        output.WriteLine($"{In.TheYear(2020):O} {In.JanuaryOf(2021):O} {_now.At(5, 6):O} {_now.AtNoon():O} {_now.In(2000):O}");
        output.WriteLine($"{((DateTime?)null).Humanize()} {TimeSpan.FromDays(366 * 3).ToAge()} {TimeUnit.Hour.ToSymbol()}");
    }
}
