using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Diagnostics;
using ObjWatch.Rendering;

namespace ObjWatch.Configuration;

/// <summary>The files of a session. When another process is writing one of them, all get this process's id into their names.</summary>
internal sealed class OutputFiles
{
    private const string TraceExtension = ".objtrace";

    private bool _keepTrace;

    private OutputFiles(string trace, bool keepTrace, List<RenderedFile> rendered)
    {
        _keepTrace = keepTrace;
        Trace = trace;
        Rendered = rendered;
        TraceFile = PrivateFile.Create(trace);
        try
        {
            // Renderers open these by name, and keep the access rights they find.
            foreach (RenderedFile file in rendered)
                PrivateFile.Create(file.Path).Dispose();
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>The binary trace.</summary>
    public string Trace { get; }

    /// <summary>The binary trace, open for its writer, who closes it.</summary>
    public FileStream TraceFile { get; }

    /// <summary>The files to render.</summary>
    public IReadOnlyList<RenderedFile> Rendered { get; }

    /// <summary>The files the user asked for.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            foreach (RenderedFile file in Rendered)
                yield return file.Path;
            if (_keepTrace)
                yield return Trace;
        }
    }

    /// <summary>Creates the files that the settings ask for.</summary>
    public static OutputFiles Create(Settings settings)
    {
        try
        {
            return Create(settings, "");
        }
        catch (FileInUseException)
        {
            using var process = Process.GetCurrentProcess();
            return Create(settings, "." + process.Id.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Gives up the trace before anything was recorded.</summary>
    public void Abandon()
    {
        TraceFile.Dispose();
        Delete(Trace);
    }

    /// <summary>Removes what was only needed while the program ran.</summary>
    /// <param name="complete">Whether everything was rendered; else the trace is all there is.</param>
    public void Finish(bool complete)
    {
        _keepTrace |= !complete;
        if (!_keepTrace)
            Delete(Trace);
    }

    /// <summary>Says which files somebody has deleted or moved meanwhile: recording does not notice.</summary>
    public void TellMissing()
    {
        foreach (string name in Names)
        {
            if (!File.Exists(name))
                StandardError.Say($"warning OBJW1152: {name} is no longer there: it was deleted or moved while it was being written");
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Where a mapped file cannot be deleted (Windows) it stays, and the next run writes over it.
        }
    }

    private static OutputFiles Create(Settings settings, string suffix)
    {
        var rendered = new List<RenderedFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? trace = null;
        foreach (string entry in settings.Output.Split(';'))
        {
            string name = entry.Trim();
            if (name.Length == 0 || !seen.Add(Path.GetFullPath(name)))
                continue;
            if (RenderFormats.Of(name, out string ending) is { } format)
                rendered.Add(new RenderedFile(Suffixed(name, suffix, ending), format));
            else if (name.EndsWith(TraceExtension, StringComparison.OrdinalIgnoreCase) && trace == null)
                trace = Suffixed(name, suffix, TraceExtension);
            else if (suffix.Length == 0)
                StandardError.Say($"warning OBJW1104: output '{name}' is ignored: its name must end in {RenderFormats.Endings} or {TraceExtension} (binary, one)");
        }

        if (rendered.Count == 0 && trace == null && settings.Loggers == null)
            rendered.Add(new RenderedFile(Suffixed(Settings.ApplicationName + ".objwatch", suffix, ".objwatch"), RenderFormat.Text));
        string beside = rendered.Count > 0 ? rendered[0].Path : Suffixed(Settings.ApplicationName, suffix, "");
        return new OutputFiles(trace ?? beside + TraceExtension, trace != null, rendered);
    }

    private static string Suffixed(string name, string suffix, string ending)
    {
        string path = Path.GetFullPath(name);
        return path.Insert(path.Length - ending.Length, suffix);
    }
}
