using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>What people write by hand: lines of text into a file, under a lock.</summary>
/// <param name="path">The file.</param>
/// <param name="full">Whether the lines say all that a trace's events say: also the line in the source, the depth of the call, and of
/// <c>run</c> and <c>end</c> the time.</param>
internal sealed class LineLog(string path, bool full = false) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(path);
    private int _depth;

    /// <summary>A method was entered.</summary>
    public void Run(string method, int argument, [CallerLineNumber] int line = 0)
    {
        lock (_gate)
        {
            Begin(line);
            _writer.Write("run ");
            _writer.Write(method);
            _writer.Write(" <- ");
            _writer.Write(argument);
            WriteTime();
            _writer.WriteLine();
            _depth++;
        }
    }

    /// <summary>A method returned.</summary>
    public void End(string method, int result, [CallerLineNumber] int line = 0)
    {
        lock (_gate)
        {
            _depth--;
            Begin(line);
            _writer.Write("end ");
            _writer.Write(method);
            _writer.Write(" -> ");
            _writer.Write(result);
            WriteTime();
            _writer.WriteLine();
        }
    }

    /// <summary>A member or a length changed.</summary>
    public void Change(string what, string member, int before, int after, [CallerLineNumber] int line = 0)
    {
        lock (_gate)
        {
            Begin(line);
            _writer.Write(what);
            _writer.Write(member);
            _writer.Write(' ');
            _writer.Write(before);
            _writer.Write(" -> ");
            _writer.WriteLine(after);
        }
    }

    public void Dispose() => _writer.Dispose();

    private void Begin(int line)
    {
        if (!full)
            return;
        _writer.Write(line);
        _writer.Write(' ');
        for (int i = 0; i < _depth; i++)
            _writer.Write("  ");
    }

    private void WriteTime()
    {
        if (!full)
            return;
        _writer.Write(' ');
        _writer.Write(Stopwatch.GetTimestamp());
    }
}
