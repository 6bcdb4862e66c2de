using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;
using ObjWatch.Diagnostics;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Live;

/// <summary>Hands each event to the program's own logging. Runs on the renderer's thread, on which no woven code makes events: loggers may
/// be woven.</summary>
internal sealed class LogWriter : IEventWriter
{
    private const string Prefix = "ObjWatch";

    private readonly ILoggerFactory _factory;
    private readonly Dictionary<MethodText, ILogger> _byMethod = new();
    private readonly Dictionary<string, ILogger> _byCategory = new(StringComparer.Ordinal);
    private LogLevel _level;
    private long _failures;

    public LogWriter(ILoggerFactory factory) => _factory = factory;

    /// <summary>Begins to log what a trace holds.</summary>
    public static TraceRendering Begin(TraceReader reader, ILoggerFactory factory) =>
        TraceRendering.Create(reader, new LogWriter(factory));

    void IEventWriter.Begin(TraceReader trace, Names names, TextStyle style) =>
        _level = style.Level == "INFO" ? LogLevel.Information : LogLevel.Debug;

    void IEventWriter.WriteRun(in NamedEvent happened) => Write(happened);

    void IEventWriter.WriteEnd(in NamedEvent happened) => Write(happened);

    void IEventWriter.WriteChange(in NamedEvent happened) => Write(happened);

    void IEventWriter.WriteLine(in NamedEvent happened) => Write(happened);

    void IEventWriter.WriteOutput(in NamedEvent happened) => Write(happened);

    void IEventWriter.WriteTest(in NamedEvent happened) => Write(happened);

    void IEventWriter.WriteLost(in NamedEvent happened) => Write(happened);

    private void Write(in NamedEvent happened)
    {
        try
        {
            ILogger logger = LoggerOf(happened.Method);
            LogLevel level = happened.Kind == TraceEventKind.EventsLost ? LogLevel.Warning : _level;
            if (!logger.IsEnabled(level))
                return;
            var entry = new LogEntry(happened);
            logger.Log(level, new EventId((int)happened.Kind, entry.Event), entry, null, static (state, _) => state.ToString());
        }
        catch (Exception failure)
        {
            // Each event has its own chance: a full disk may have room again.
            if (_failures++ == 0)
            {
                StandardError.Say(
                    "warning OBJW1130: a logger failed, an event is missing in its log (further ones are only counted): "
                    + failure.Message);
            }
        }
    }

    public void WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count)
    {
    }

    public void Flush()
    {
    }

    public void End()
    {
        if (_failures > 1)
            StandardError.Say(FormattableString.Invariant($"warning OBJW1130: loggers failed at {_failures} events"));
    }

    private ILogger LoggerOf(MethodText? method)
    {
        if (method is not null && _byMethod.TryGetValue(method, out ILogger? logger))
            return logger;
        string category = method is null ? Prefix : Prefix + "." + Utf8Text.Of(method.Scope);
        if (!_byCategory.TryGetValue(category, out logger))
            _byCategory.Add(category, logger = _factory.CreateLogger(category));
        if (method is not null)
            _byMethod.Add(method, logger);
        return logger;
    }
}
