using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Extensions.Logging;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>The work, with source-generated logging into a buffered file of Serilog.</summary>
internal sealed partial class SerilogAdder : IDisposable
{
    private readonly Serilog.Core.Logger _serilog;
    private readonly SerilogLoggerFactory _factory;
    private readonly Microsoft.Extensions.Logging.ILogger _logger;
    private readonly List<int> _items = [];
    private int _total;

    public SerilogAdder(string path)
    {
        _serilog = new LoggerConfiguration()
            .WriteTo.File(path, formatProvider: CultureInfo.InvariantCulture, buffered: true, fileSizeLimitBytes: null).CreateLogger();
        _factory = new SerilogLoggerFactory(_serilog);
        _logger = _factory.CreateLogger("Adder");
    }

    /// <summary>Adds numbers.</summary>
    public void Work(int count)
    {
        for (int i = 0; i < count; i++)
            Add(i);
    }

    public void Dispose()
    {
        _factory.Dispose();
        _serilog.Dispose();
    }

    private int Add(int number)
    {
        Run("Adder.Add", number);
        int before = _total;
        _total += number;
        Update("Adder._total", before, _total);
        _items.Add(number);
        Append("Adder._items", _items.Count - 1, _items.Count);
        if (_items.Count == 10)
            _items.Clear();
        End("Adder.Add", _total);
        return _total;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "run {Method} <- {Argument}")]
    private partial void Run(string method, int argument);

    [LoggerMessage(Level = LogLevel.Information, Message = "upd {Member} {Before} -> {After}")]
    private partial void Update(string member, int before, int after);

    [LoggerMessage(Level = LogLevel.Information, Message = "apd {Member} {Before} -> {After}")]
    private partial void Append(string member, int before, int after);

    [LoggerMessage(Level = LogLevel.Information, Message = "end {Method} -> {Result}")]
    private partial void End(string method, int result);
}
