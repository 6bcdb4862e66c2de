using System;
using System.IO;
using System.Threading;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>What people write by hand: lines of text into a file, under a lock.</summary>
internal sealed class LineLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;

    public LineLog(string path) => _writer = new StreamWriter(path);

    /// <summary>A method was entered.</summary>
    public void Run(string method, int argument)
    {
        lock (_gate)
        {
            _writer.Write("run ");
            _writer.Write(method);
            _writer.Write(" <- ");
            _writer.WriteLine(argument);
        }
    }

    /// <summary>A method returned.</summary>
    public void End(string method, int result)
    {
        lock (_gate)
        {
            _writer.Write("end ");
            _writer.Write(method);
            _writer.Write(" -> ");
            _writer.WriteLine(result);
        }
    }

    /// <summary>A member or a length changed.</summary>
    public void Change(string what, string member, int before, int after)
    {
        lock (_gate)
        {
            _writer.Write(what);
            _writer.Write(member);
            _writer.Write(' ');
            _writer.Write(before);
            _writer.Write(" -> ");
            _writer.WriteLine(after);
        }
    }

    public void Dispose() => _writer.Dispose();
}
