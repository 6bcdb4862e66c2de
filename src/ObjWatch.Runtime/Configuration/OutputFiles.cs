using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Diagnostics;
using ObjWatch.Recording;

namespace ObjWatch.Configuration;

/// <summary>
/// The files of a session. Where the rank is known it stands in their names; when another process is writing one of them, all get this
/// process's id as well.
/// </summary>
internal sealed class OutputFiles
{
    private const string TextExtension = ".objwatch";
    private const string TraceExtension = ".objtrace";

    private readonly object _gate = new();
    private readonly List<string> _askedTexts;
    private readonly string? _askedTrace;
    private readonly List<string> _texts = [];
    private bool _keepTrace;
    private bool _settled;

    private OutputFiles(List<string> texts, string? trace, string suffix)
    {
        _askedTexts = texts;
        _askedTrace = trace;
        _keepTrace = trace != null;
        foreach (string text in texts)
            _texts.Add(Suffixed(text, suffix));
        Trace = TraceName(suffix);
        TraceFile = PrivateFile.Create(Trace);
        try
        {
            // Renderers open these by name, and keep the access rights they find.
            foreach (string text in Texts)
                PrivateFile.Create(text).Dispose();
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>The binary trace.</summary>
    public string Trace { get; private set; }

    /// <summary>The binary trace, open for its writer, who closes it.</summary>
    public FileStream TraceFile { get; }

    /// <summary>The texts to render.</summary>
    public IReadOnlyList<string> Texts => _texts;

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

    private static string ProcessSuffix
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return "." + process.Id.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Creates the files that the settings ask for.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="rank">The process's rank, where it is known.</param>
    public static OutputFiles Create(Settings settings, int? rank)
    {
        (List<string> texts, string? trace) = Read(settings.Output);
        string suffix = RankSuffix(rank);
        try
        {
            return new OutputFiles(texts, trace, suffix) { _settled = rank != null };
        }
        catch (FileInUseException)
        {
            return new OutputFiles(texts, trace, suffix + ProcessSuffix) { _settled = rank != null };
        }
    }

    /// <summary>Gives up the trace before anything was recorded.</summary>
    public void Abandon()
    {
        TraceFile.Dispose();
        Delete(Trace);
    }

    /// <summary>Puts the rank, now that it is known, into the names of files that are open, unless it stands there already. What cannot be renamed keeps
    /// its name.</summary>
    public void Rename(int rank)
    {
        using (new Hold(_gate))
        {
            if (_settled)
                return;
            _settled = true;
            string suffix = RankSuffix(rank);
            for (int i = 0; i < _texts.Count; i++)
                _texts[i] = Renamed(_texts[i], suffix, more => Suffixed(_askedTexts[i], more));
            Trace = Renamed(Trace, suffix, TraceName);
        }
    }

    /// <summary>Removes what was only needed while the program ran.</summary>
    /// <param name="complete">Whether everything is in the texts; else the trace is all there is.</param>
    public void Finish(bool complete)
    {
        using (new Hold(_gate))
        {
            _keepTrace |= !complete;
            if (!_keepTrace)
                Delete(Trace);
        }
    }

    /// <summary>Removes everything: nothing was recorded.</summary>
    public void Remove()
    {
        using (new Hold(_gate))
        {
            foreach (string text in Texts)
                Delete(text);
            Delete(Trace);
        }
    }

    private static string RankSuffix(int? rank) => rank == null ? "" : ".rank" + rank.Value.ToString(CultureInfo.InvariantCulture);

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

    private static (List<string> Texts, string? Trace) Read(string output)
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
                texts.Add(Path.GetFullPath(name));
            else if (extension.Equals(TraceExtension, StringComparison.OrdinalIgnoreCase) && trace == null)
                trace = Path.GetFullPath(name);
            else
                StandardError.Say($"warning OBJW1104: output '{name}' is ignored: its name must end in .objwatch (text) or .objtrace (binary, one)");
        }

        if (texts.Count == 0 && trace == null)
            texts.Add(Path.GetFullPath(Settings.ApplicationName + TextExtension));
        return (texts, trace);
    }

    private static string Suffixed(string path, string suffix) => Path.ChangeExtension(path, null) + suffix + Path.GetExtension(path);

    /// <summary>Renames a file.</summary>
    /// <returns>The name it has now.</returns>
    private static string Renamed(string path, string suffix, Func<string, string> name)
    {
        foreach (string candidate in new[] { name(suffix), name(suffix + ProcessSuffix) })
        {
            try
            {
                PrivateFile.Move(path, candidate);
                return candidate;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or it cannot be renamed at all.
            }
        }

        return path;
    }

    private string TraceName(string suffix) =>
        _askedTrace != null ? Suffixed(_askedTrace, suffix) : Suffixed(_askedTexts[0], suffix) + TraceExtension;
}
