using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using ObjWatch.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace ObjWatch.Runtime.Tests;

/// <summary>Events as the program's own logging gets them.</summary>
public sealed class LoggingTests
{
    [Test]
    public void Each_event_is_an_entry_with_its_values()
    {
        var sink = new Sink();
        using (var factory =
            new SerilogLoggerFactory(new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(sink).CreateLogger(), dispose: true))
            Trace(factory, () => new Counter().Next(5));

        LogEvent[] entries = sink.Entries.ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(entries.Select(entry => entry.RenderMessage()), Is.EqualTo(new[]
            {
                "run Tests.Counter.Next <- 'this':Counter#1, 'n':5", "upd Counter.value 0 -> 5 #1", "end Tests.Counter.Next -> 5",
            }).Using<string>((left, right) => WithoutNumbers(left) == WithoutNumbers(right)));
            Assert.That(entries, Has.All.Property("Level").EqualTo(LogEventLevel.Debug));
            Assert.That(entries.Select(entry => Of(entry, "SourceContext")), Is.All.EqualTo("ObjWatch.Tests.Counter"));
            Assert.That(entries.Select(entry => Of(entry, "event")), Is.EqualTo(new[] { "run", "upd", "end" }));
            Assert.That(entries.Select(entry => Of(entry, "type")), Is.All.EqualTo("Counter"));
            Assert.That(entries.Select(entry => Of(entry, "member")), Is.EqualTo(new[] { "Next", "value", "Next" }));
            Assert.That(entries.Select(entry => Of(entry, "old")), Is.EqualTo(new[] { null, "0", null }));
            Assert.That(entries.Select(entry => Of(entry, "new")), Is.EqualTo(new[] { null, "5", null }));
            Assert.That(entries.Select(entry => Of(entry, "depth")), Is.EqualTo(new[] { "0", "1", "0" }));
            Assert.That(entries.Select(entry => Of(entry, "thread")), Is.All.EqualTo("1"));
            Assert.That(Of(entries[1], "object"), Is.Not.Null.And.EqualTo(Of(entries[0], "object")));
            Assert.That(
                entries.Select(entry =>
                    ((StructureValue)entry.Properties["EventId"]).Properties.Single(part => part.Name == "Id").Value.ToString()),
                Is.EqualTo(new[] { "1", "3", "2" }));
        });
    }

    [Test]
    public void The_console_provider_shows_them()
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            using (
                ILoggerFactory factory =
                    LoggerFactory.Create(logging =>
                        logging.SetMinimumLevel(LogLevel.Debug).AddSimpleConsole(console => console.SingleLine = true)))
                Trace(factory, () => new Counter().Next(6));
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.That(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3)
            .And.Some.Matches(@"^dbug: ObjWatch\.Tests\.Counter\[3\] upd Counter\.value 0 -> 6 #\d+"));
    }

    [Test]
    public void A_logger_that_is_woven_makes_no_events()
    {
        var calls = new List<string>();
        var counter = new Counter();
        using var factory = new DelegateFactory(message =>
        {
            calls.Add(message);
            counter.Next(1);
        });
        Trace(factory, () => new Counter().Next(7));
        Assert.That(calls, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_logger_that_throws_disturbs_neither_the_program_nor_the_other_events()
    {
        int calls = 0;
        using var factory = new DelegateFactory(_ => throw new InvalidOperationException($"call {++calls}"));
        Trace(factory, () => new Counter().Next(8));
        Assert.That(calls, Is.EqualTo(3));
    }

    [Test]
    public void A_logger_may_end_the_session()
    {
        int calls = 0;
        using var factory = new DelegateFactory(_ =>
        {
            calls++;
            Tracer.Stop();
        });
        Trace(factory, () => new Counter().Next(9));
        // It asks, and the session ends soon; nobody waits for each other.
        Assert.That(calls, Is.InRange(1, 3));
    }

    [Test]
    public void Files_are_written_besides_where_an_output_is_named()
    {
        int calls = 0;
        using var factory = new DelegateFactory(_ => calls++);
        using var directory = new TemporaryDirectory();
        string output = directory["run.objwatch"];
        using var recording = new Recording();
        using (Tracer.Start(new TracerOptions { Output = output }, factory))
            new Counter().Next(10);
        Assert.That((calls, EventLines.Of(output).Count()), Is.EqualTo((3, 3)));
    }

    /// <summary>Traces with nothing but loggers: the build names an output, which is taken back.</summary>
    private static void Trace(ILoggerFactory factory, Action body)
    {
        // Ends the session that the tests' sites began.
        using var recording = new Recording();
        string[] before = Directory.GetFiles(Directory.GetCurrentDirectory());
        using (Tracer.Start(new TracerOptions { Output = "" }, factory))
            body();
        Assert.That(Directory.GetFiles(Directory.GetCurrentDirectory()), Is.EquivalentTo(before), "no file stays");
    }

    private static string? Of(LogEvent entry, string name) =>
        entry.Properties.TryGetValue(name, out LogEventPropertyValue? value) ? (value as ScalarValue)?.Value?.ToString() : null;

    private static string WithoutNumbers(string message) => System.Text.RegularExpressions.Regex.Replace(message, @"#\d+", "#");

    private sealed class Sink : ILogEventSink
    {
        public List<LogEvent> Entries { get; } = [];

        public void Emit(LogEvent logEvent) => Entries.Add(logEvent);
    }

    private sealed class DelegateFactory(Action<string> log) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
