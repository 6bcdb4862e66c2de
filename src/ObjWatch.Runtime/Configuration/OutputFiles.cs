using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Diagnostics;

namespace ObjWatch.Configuration;

/// <summary>The files of a session. When another process is writing one of them, all get this process's id into their names.</summary>
internal sealed class OutputFiles
{
    private const string TextExtension = ".objwatch";
    private const string TraceExtension = ".objtrace";

    private bool _keepTrace;

    private OutputFiles(string trace, bool keepTrace, List<string> texts)
    {
        _keepTrace = keepTrace;
        Trace = trace;
        Texts = texts;
        TraceFile = PrivateFile.Create(trace);
        try
        {
            // Renderers open these by name, and keep the access rights they find.
            foreach (string text in texts)
                PrivateFile.Create(text).Dispose();
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

    /// <summary>The texts to render.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The files the user asked for.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            foreach (string text in Texts)
                yield return text;
            if (_keepTrace)
                yield return Trace;
        }
    }

    /// <summary>Creates the files that the settings ask for.</summary>
    public static OutputFiles Create(Settings settings)
    {
        try
        {
            return Create(settings.Output, "");
        }
        catch (FileInUseException)
        {
            using var process = Process.GetCurrentProcess();
            return Create(settings.Output, "." + process.Id.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Gives up the trace before anything was recorded.</summary>
    public void Abandon()
    {
        TraceFile.Dispose();
        Delete(Trace);
    }

    /// <summary>Removes what was only needed while the program ran.</summary>
    /// <param name="complete">Whether everything is in the texts; else the trace is all there is.</param>
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

    private static OutputFiles Create(string output, string suffix)
    {
        var texts = new List<string>();
        string? trace = null;
        foreach (string entry in output.Split(';'))
        {
            string name = entry.Trim();
            if (name.Length == 0)
                continue;
            string extension = Path.GetExtension(name);
            if (extension.Equals(TextExtension, StringComparison.OrdinalIgnoreCase))
                texts.Add(Suffixed(name, suffix));
            else if (extension.Equals(TraceExtension, StringComparison.OrdinalIgnoreCase) && trace == null)
                trace = Suffixed(name, suffix);
            else if (suffix.Length == 0)
                StandardError.Say($"warning OBJW1104: output '{name}' is ignored: its name must end in .objwatch (text) or .objtrace (binary, one)");
        }

        if (texts.Count == 0 && trace == null)
            texts.Add(Suffixed(Settings.ApplicationName + TextExtension, suffix));
        return new OutputFiles(trace ?? texts[0] + TraceExtension, trace != null, texts);
    }

    private static string Suffixed(string name, string suffix)
    {
        string path = Path.GetFullPath(name);
        return Path.ChangeExtension(path, null) + suffix + Path.GetExtension(path);
    }
}
