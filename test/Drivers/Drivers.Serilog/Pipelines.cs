using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Serilog;
using Serilog.Context;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Drivers.Serilog;

/// <summary>Loggers with sinks, filters, enrichers, level switches, sub-loggers and failing parts.</summary>
internal static class Pipelines
{
    public static void Run(TextWriter output)
    {
        var levels = new LoggingLevelSwitch(LogEventLevel.Debug);
        using (Logger logger = new LoggerConfiguration()
            .MinimumLevel.ControlledBy(levels)
            .MinimumLevel.Override("Quiet", LogEventLevel.Error)
            .MinimumLevel.Override("Quiet.Loud", LogEventLevel.Verbose)
            .Enrich.FromLogContext()
            .Enrich.WithProperty("Application", "driver")
            .Enrich.With(new Counter())
            .Enrich.When(e => e.Level >= LogEventLevel.Warning, enrich => enrich.WithProperty("Important", true))
            .Filter.ByExcluding(e => e.MessageTemplate.Text.Contains("secret", StringComparison.Ordinal))
            .WriteTo.Sink(new Sink(output, "main"))
            .WriteTo.Logger(inner => inner.Filter.ByIncludingOnly(e => e.Properties.ContainsKey("Important")).WriteTo.Sink(new Sink(output, "important")))
            .WriteTo.Conditional(e => e.Exception is not null, sinks => sinks.Sink(new Sink(output, "exceptions")))
            .WriteTo.Sink(new Sink(output, "fallback target"), LogEventLevel.Fatal)
            .AuditTo.Sink(new Sink(output, "audit"), LogEventLevel.Error)
            .CreateLogger())
        {
            for (int round = 0; round < 20; round++)
            {
                levels.MinimumLevel = (LogEventLevel)(round % 4);
                Write(logger, round);
                Write(logger.ForContext("SourceContext", "Quiet.Part"), round);
                Write(logger.ForContext("SourceContext", "Quiet.Loud.Part"), round);
                Write(logger.ForContext<Version>().ForContext("Round", new { round }, destructureObjects: true), round);
            }
        }

        try
        {
            using Logger broken = new LoggerConfiguration().AuditTo.Sink(new Broken()).CreateLogger();
            broken.Information("never {Seen}", 1);
        }
        catch (AggregateException exception)
        {
            output.WriteLine(exception.InnerException!.Message);
        }
    }

    private static void Write(ILogger logger, int round)
    {
        using IDisposable outer = LogContext.PushProperty("Outer", round);
        logger.Verbose("verbose {Round}", round);
        logger.Debug("debug {Round} {@List}", round, new List<int> { round, round + 1 });
        logger.Information("information {Text,-8}|{Number:0.0}", "t" + round.ToString(CultureInfo.InvariantCulture), round / 3.0);
        logger.Information("a secret {Word}", "hidden");
        using (LogContext.PushProperty("Inner", new Dictionary<string, int> { ["round"] = round }, destructureObjects: true))
            logger.Warning(round % 3 == 0 ? new FormatException("bad") : null, "warning {Round}", round);
        logger.Error(new InvalidOperationException("outer", new IOException("inner")), "error {A} {B} {C} {D}", 1, 2, 3, 4);
        if (logger.IsEnabled(LogEventLevel.Fatal))
            logger.Fatal("fatal");
    }

    private sealed class Sink(TextWriter output, string name) : ILogEventSink
    {
        private readonly MessageTemplateTextFormatter _formatter = new("{Level:u3} {SourceContext} {Message:lj} {Properties:j}", CultureInfo.InvariantCulture);

        public void Emit(LogEvent logEvent)
        {
            output.Write(name + ": ");
            _formatter.Format(logEvent, output);
            output.WriteLine(logEvent.Exception is { } exception ? " " + exception.Message : "");
        }
    }

    private sealed class Broken : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => throw new InvalidOperationException("the sink is broken");
    }

    private sealed class Counter : ILogEventEnricher
    {
        private int _count;

        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.AddPropertyIfAbsent(propertyFactory.CreateProperty("Count", ++_count));
    }
}
