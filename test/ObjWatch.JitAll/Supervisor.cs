using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace ObjWatch.JitAll;

/// <summary>
/// Runs the compilation in a child process with bounded memory. A body that takes the child down is reported, and a new child
/// goes on behind it.
/// </summary>
internal sealed class Supervisor
{
    /// <summary>Tells the program that it is the child, and with which method it begins.</summary>
    public const string WorkerOption = "--worker-from";

    private const int MostCrashes = 20;
    private const string HeapLimit = "0x40000000";
    private const long AddressSpaceInKibibytes = 16L * 1024 * 1024;

    private readonly string _assembly;
    private readonly IReadOnlyList<string> _directories;
    private readonly bool _optimize;
    private readonly TextWriter _output;
    private int _methods;
    private int _compiled;
    private int _failed;
    private int _withoutInstantiation;

    public Supervisor(string assembly, IReadOnlyList<string> directories, bool optimize, TextWriter output)
    {
        _assembly = assembly;
        _directories = directories;
        _optimize = optimize;
        _output = output;
    }

    /// <summary>Compiles everything and prints what failed.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        int next = 0;
        int crashes = 0;
        while (RunWorker(ref next))
        {
            if (++crashes == MostCrashes)
            {
                Fail($"gave up after {MostCrashes} crashes");
                break;
            }
        }

        _output.WriteLine(
            $"{_methods} methods, {_compiled} bodies compiled, {_failed} failed, {_withoutInstantiation} without an instantiation");
        return _failed == 0 && _compiled > 0 ? 0 : 2;
    }

    /// <returns>Whether the child died before it was through; <paramref name="next"/> is then the method behind the fatal one.</returns>
    private bool RunWorker(ref int next)
    {
        using Process child = Process.Start(Describe(next))!;
        string current = "(loading)";
        bool finished = false;
        while (child.StandardOutput.ReadLine() is { } line)
        {
            string text = line.Length > 2 ? line[2..] : "";
            switch (line.Length == 0 ? ' ' : line[0])
            {
                case Worker.Method:
                    current = text;
                    _methods++;
                    next++;
                    break;
                case Worker.Compiled:
                    _compiled++;
                    break;
                case Worker.Failed:
                    Fail(text);
                    break;
                case Worker.WithoutInstantiation:
                    _withoutInstantiation++;
                    _output.WriteLine("NO INSTANTIATION " + text);
                    break;
                case Worker.Finished:
                    finished = true;
                    break;
                default:
                    Console.Error.WriteLine(line);
                    break;
            }
        }

        child.WaitForExit();
        if (!finished)
            Fail($"{current}: the process died with code {child.ExitCode}");
        return !finished && current != "(loading)";
    }

    private ProcessStartInfo Describe(int first)
    {
        var worker = new List<string> { Environment.ProcessPath! };
        // The tool may have been started as `dotnet ObjWatch.JitAll.dll` or through its own executable.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            worker.Add(typeof(Supervisor).Assembly.Location);
        worker.Add(_assembly);
        foreach (string directory in _directories)
            worker.AddRange(["--directory", directory]);
        worker.AddRange([WorkerOption, first.ToString(CultureInfo.InvariantCulture)]);

        var start = new ProcessStartInfo { RedirectStandardOutput = true };
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            start.FileName = worker[0];
            worker.RemoveAt(0);
        }
        else
        {
            // A JIT that is given a broken body can ask for memory without end; the heap limit does not bind native memory.
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"ulimit -v {AddressSpaceInKibibytes} 2>/dev/null; exec \"$@\"");
            start.ArgumentList.Add("sh");
        }

        worker.ForEach(start.ArgumentList.Add);
        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredCompilation"] = _optimize ? "0" : "1";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        start.Environment["OBJWATCH"] = "0";
        return start;
    }

    private void Fail(string text)
    {
        _failed++;
        _output.WriteLine("FAIL " + text);
    }
}
