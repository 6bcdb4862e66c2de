using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using ObjWatch.Testing;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>The process in which generated programs run, one after the other; a new one now and then, because assemblies stay registered in
/// it.</summary>
internal sealed class Runner : IDisposable
{
    private const int MostPrograms = 80;
    private static readonly string _path = Path.Combine(AppContext.BaseDirectory, "ObjWatch.FuzzRunner.dll");
    private Process? _process;
    private int _programs;

    /// <summary>Runs a program.</summary>
    /// <param name="assemblyPath">The program.</param>
    /// <param name="trace">The trace to leave; <see langword="null"/> for none.</param>
    /// <returns>What it printed, or how it took the process down.</returns>
    public string Run(string assemblyPath, string? trace)
    {
        if (_programs++ % MostPrograms == 0)
            Stop();
        _process ??= Start();
        _process.StandardInput.WriteLine($"{assemblyPath}\t{trace ?? "-"}");
        _process.StandardInput.Flush();
        Task<string?> answer = _process.StandardOutput.ReadLineAsync();
        if (answer.Wait(Waiting.Longest) && answer.Result is { } line)
            return JsonSerializer.Deserialize<string>(line)!;
        bool ended = _process.WaitForExit(Waiting.Longest);
        string outcome = ended ? $"the process ended with code {_process.ExitCode}" : "the program did not end";
        _process.Kill();
        Stop();
        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static Process Start()
    {
        Process process = ProgramRunner.Start(_path, environment: new Dictionary<string, string?> { ["OBJWATCH"] = "manual" });
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private void Stop()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
        }

        _process.Dispose();
        _process = null;
        _programs = 1;
    }
}
