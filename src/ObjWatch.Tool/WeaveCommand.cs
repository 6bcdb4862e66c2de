using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Tool.Deploying;
using ObjWatch.Tool.Programs;
using ObjWatch.Trace.Options;
using ObjWatch.Weaver;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool;

/// <summary>Weaves the assemblies of a command line one after the other: finds the program each belongs to, gives it the runtime, weaves
/// it, reports.</summary>
internal sealed class WeaveCommand
{
    private readonly ToolOptions _options;
    private readonly MessagePrinter _printer;
    private readonly Dictionary<string, string> _runOptions = new();
    private readonly List<string> _notSigned = [];

    public WeaveCommand(ToolOptions options, MessagePrinter printer)
    {
        _options = options;
        _printer = printer;
    }

    /// <summary>Weaves all of them and returns the exit code.</summary>
    public int Run()
    {
        bool allWoven = true;
        KeepSensibleRunOptions();
        PostponedCollections? collections = null;
        foreach (string path in _options.Assemblies)
        {
            collections?.Dispose();
            collections = new PostponedCollections(path);
            allWoven &= Weave(path);
        }

        // Those of the last assembly are not let happen again: the first would look at all of it, a third of the time it took to
        // weave, to keep what the end of the process gives back anyway.
        if (_notSigned.Count > 0)
            PrintNotSigned();
        return allWoven ? ExitCode.Woven : ExitCode.Failed;
    }

    /// <summary>A default that makes no sense is worth a warning and no failed build: without it the run has the usual default.</summary>
    private void KeepSensibleRunOptions()
    {
        foreach (KeyValuePair<string, string> given in _options.RunOptions)
        {
            DeclaredOption option = OptionCatalog.OfRun.First(option => option.Name == given.Key);
            if (option.Accepts(given.Value.Trim()))
                _runOptions[given.Key] = given.Value;
            else
                _printer.Print(Codes.RunOptionIgnored.About(null, option.Switch, given.Value, option.Property, option.Expected));
        }
    }

    // Many libraries of a program may be signed: that is said once, in the end.
    private void PrintNotSigned()
    {
        string others = _notSigned.Count == 1 ? "" : $" (and {_notSigned.Count - 1} more of this run)";
        _printer.Print(Codes.NotSigned.About(_notSigned[0], others));
    }

    private bool Weave(string path)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            ProgramFolder program = ProgramFolder.Of(path);
            var runtime = new RuntimeLibrary(_options.RuntimePath, program, path);
            WeaveRequest request = Request(path, program, runtime);
            using var deployment = new Deployment(runtime, program, TargetDirectory(path));
            if (_options.Deploy && File.Exists(path))
                deployment.Apply();
            WeaveResult result = new AssemblyWeaver().Weave(request);
            Report(path, result, clock.Elapsed);
            if (result.Outcome == WeaveOutcome.Failed)
                return false;
            if (result.Outcome is WeaveOutcome.AlreadyWoven or WeaveOutcome.LeftToBuilds)
                CopyAsItIs(path, request.OutputPath);
            deployment.Keep();
            return true;
        }
        catch (ToolException exception)
        {
            _printer.Print(exception.Diagnostic);
            return false;
        }
    }

    private WeaveRequest Request(string path, ProgramFolder program, RuntimeLibrary runtime) => new()
    {
        AssemblyPath = path,
        OutputPath = _options.OutputDirectory is null ? null : Path.Combine(_options.OutputDirectory, Path.GetFileName(path)),
        RuntimePath = runtime.Path,
        References = new ReferenceFinder(program).Find(path, _options.References),
        Targets = _options.Targets,
        Exclude = _options.Exclude,
        Locals = _options.Locals,
        Statics = _options.Statics,
        Accessors = _options.Accessors,
        LeaveBuildComponents = _options.LeaveBuildComponents,
        KeyPath = _options.KeyPath,
        RunsOnNet = program.Configuration is not null,
        RunOptions = _runOptions,
    };

    private string TargetDirectory(string path) =>
        Path.GetFullPath(_options.OutputDirectory ?? Path.GetDirectoryName(Path.GetFullPath(path))!);

    // Whoever asked for an output folder gets one, also when there was nothing left to weave.
    private static void CopyAsItIs(string path, string? outputPath)
    {
        if (outputPath is null || Path.GetFullPath(outputPath) == Path.GetFullPath(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(outputPath))!);
        foreach (string extension in new[] { ".pdb", Path.GetExtension(path) })
        {
            string source = Path.ChangeExtension(path, extension);
            if (File.Exists(source))
                File.Copy(source, Path.ChangeExtension(outputPath, extension), overwrite: true);
        }
    }

    private void Report(string path, WeaveResult result, TimeSpan elapsed)
    {
        if (_options.Explain)
        {
            foreach (MethodReport method in result.Methods)
                _printer.Print($"{(method.Woven ? "woven" : "left ")} {method.Method}: {method.Reason}");
        }

        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            if (diagnostic.Code == Codes.NotSigned.Code)
                _notSigned.Add(path);
            else
                _printer.Print(diagnostic);
        }

        if (result.Outcome != WeaveOutcome.Woven)
            return;
        int stores = result.Methods.Count(method => method is { Woven: true, Reason: "stores" });
        int traced = result.Methods.Count(method => method.Woven) - stores;
        int left = result.Methods.Count - stores - traced;
        string seconds = elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        _printer.Print(
            $"objwatch-weave: {Path.GetFileName(path)}: {traced} methods traced, {stores} with stores, {left} left as they were "
            + $"({seconds} s)");
    }
}
