using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;
using Serilog.Parsing;

namespace Drivers.Serilog;

/// <summary>Message templates: parsing, binding and formatting of every kind of property value.</summary>
internal static class Templates
{
    private static readonly string[] _templates =
    [
        "", "plain", "{A}", "{A} and {B}", "{{escaped}} {A}", "{A,10}|{B,-10}|", "{A:000} {B:x}", "{@A} {$B}", "{0} {1}", "{A", "A}", "{ A }", "{A:}", "{A,}", "{A,x}",
        "{@A:j}", "{A:l} {B:l}", "{0} {A}", "{A}{A}{A}", "{Number:0.00} {Number,8:0.0}", "{_a1} {@_b}", "{a-b}", "{A!}", "{$A,5:000}", "text {A} text {B} text {C} text",
    ];

    private static readonly DateTimeOffset _time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1));

    public static void Run(TextWriter output)
    {
        var parser = new MessageTemplateParser();
        using Logger logger = new LoggerConfiguration()
            .Destructure.ToMaximumDepth(4).Destructure.ToMaximumStringLength(40).Destructure.ToMaximumCollectionCount(5)
            .Destructure.ByTransforming<Version>(version => new { version.Major, version.Minor })
            .Destructure.AsScalar<Uri>()
            .CreateLogger();
        var formatter = new MessageTemplateTextFormatter("[{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3}|{Level:w4}|{Level:t2}|{Level}] {Message:lj} {Message} {Properties:j} {Properties}{NewLine}{Exception}", CultureInfo.InvariantCulture);
        var json = new JsonFormatter(closingDelimiter: "\n", renderMessage: true, formatProvider: CultureInfo.InvariantCulture);
        object?[] values = [.. Values()];
        for (int i = 0; i < _templates.Length; i++)
        {
            MessageTemplate template = parser.Parse(_templates[i]);
            output.WriteLine($"{template.Text}: {string.Join(" ", template.Tokens.Select(token => $"<{token.GetType().Name} {token} {token.Length}>"))}");
            for (int j = 0; j < values.Length; j++)
            {
                object?[] arguments = [values[j], values[(i + j) % values.Length], j];
                if (!logger.BindMessageTemplate(_templates[i], arguments, out MessageTemplate? bound, out IEnumerable<LogEventProperty>? properties))
                    continue;
                try
                {
                    Show(bound, properties, j);
                }
                catch (FormatException exception)
                {
                    output.WriteLine(exception.Message);
                }
            }
        }

        void Show(MessageTemplate bound, IEnumerable<LogEventProperty> properties, int number)
        {
            Exception? exception = number % 7 == 0 ? new InvalidOperationException("broken " + number.ToString(CultureInfo.InvariantCulture)) : null;
            var logEvent = new LogEvent(_time.AddSeconds(number), (LogEventLevel)(number % 6), exception, bound, properties);
            formatter.Format(logEvent, output);
            json.Format(logEvent, output);
            logEvent.AddOrUpdateProperty(new LogEventProperty("More", new ScalarValue(number)));
            logEvent.AddPropertyIfAbsent(new LogEventProperty("More", new ScalarValue(-1)));
            logEvent.RemovePropertyIfPresent("A");
            output.WriteLine(logEvent.RenderMessage(CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<object?> Values()
    {
        yield return null;
        yield return "text with \"quotes\" and {braces}";
        yield return 42;
        yield return 3.25;
        yield return 1.5m;
        yield return true;
        yield return 'c';
        yield return _time;
        yield return TimeSpan.FromMinutes(90);
        yield return Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        yield return DayOfWeek.Friday;
        yield return new[] { 1, 2, 3, 4, 5, 6, 7 };
        yield return new Dictionary<string, object?> { ["one"] = 1, ["list"] = new List<object?> { "a", null, 2.5 } };
        yield return new { Name = "anonymous", Inner = new { Deep = new { Deeper = new { Deepest = 1 } } } };
        yield return new Version(3, 4, 5);
        yield return new Uri("https://example.org/path?query=1");
        yield return new byte[] { 1, 2, 254, 255 };
        yield return (1, "tuple", 2.5);
        yield return new Failing();
        yield return new string('x', 100);
        yield return typeof(List<int>);
        yield return double.NaN;
        yield return new KeyValuePair<string, int>("key", 9);
    }

    private sealed class Failing
    {
        public int Works { get; } = 1;

        public int Throws => throw new NotSupportedException("no value " + Works.ToString(CultureInfo.InvariantCulture));
    }
}
