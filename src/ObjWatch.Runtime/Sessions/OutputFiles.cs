using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Hosting;
using ObjWatch.Threading;
using ObjWatch.Trace.Files;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Sessions;

/// <summary>
/// The files of a session. Where the rank is known it stands in their names; when another process is writing one of them, all get this
/// process's id as well.
/// </summary>
internal sealed class OutputFiles
{
    private const string TraceExtension = ".objtrace";

    private readonly object _gate = new();
    private readonly List<RenderedFile> _rendered;
    private bool _keepTrace;
    private bool _settled;

    private OutputFiles(string trace, bool keepTrace, List<RenderedFile> rendered)
    {
        _keepTrace = keepTrace;
        Trace = trace;
        _rendered = rendered;
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
    public string Trace { get; private set; }

    /// <summary>The binary trace, open for its writer, who closes it.</summary>
    public FileStream TraceFile { get; }

    /// <summary>The files to render.</summary>
    public IReadOnlyList<RenderedFile> Rendered => _rendered;

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
        string suffix = RankSuffix(rank);
        OutputFiles files;
        try
        {
            files = Create(settings, suffix);
        }
        catch (FileInUseException)
        {
            files = Create(settings, suffix + ProcessSuffix);
        }

        files._settled = rank != null;
        return files;
    }

    /// <summary>Gives up the trace before anything was recorded.</summary>
    public void Abandon()
    {
        TraceFile.Dispose();
        Delete(Trace);
    }

    /// <summary>Puts the rank, now that it is known, into the names of files that are open, unless it stands there already. What cannot be
    /// renamed keeps its name.</summary>
    public void Rename(Settings settings, int rank)
    {
        using (new HeldLock(_gate))
        {
            if (_settled)
                return;
            _settled = true;
            Wanted wanted = Wanted.Read(settings, RankSuffix(rank), tell: false);
            Wanted otherwise = Wanted.Read(settings, RankSuffix(rank) + ProcessSuffix, tell: false);
            for (int i = 0; i < _rendered.Count; i++)
                _rendered[i] = _rendered[i] with { Path = Renamed(_rendered[i].Path, wanted.Rendered[i].Path, otherwise.Rendered[i].Path) };
            Trace = Renamed(Trace, wanted.Trace, otherwise.Trace);
        }
    }

    /// <summary>Removes what was only needed while the program ran.</summary>
    /// <param name="complete">Whether everything was rendered; else the trace is all there is.</param>
    public void Finish(bool complete)
    {
        using (new HeldLock(_gate))
        {
            _keepTrace |= !complete;
            if (!_keepTrace)
                Delete(Trace);
        }
    }

    /// <summary>Removes everything: nothing was recorded.</summary>
    public void Remove()
    {
        using (new HeldLock(_gate))
        {
            foreach (RenderedFile file in _rendered)
                Delete(file.Path);
            Delete(Trace);
        }
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
            PrivateFile.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays, and the next run writes over it.
        }
    }

    private static OutputFiles Create(Settings settings, string suffix)
    {
        Wanted wanted = Wanted.Read(settings, suffix, tell: !suffix.EndsWith(ProcessSuffix, StringComparison.Ordinal));
        return new OutputFiles(wanted.Trace, wanted.KeepsTrace, wanted.Rendered);
    }

    private static string RankSuffix(int? rank) => rank == null ? "" : ".rank" + rank.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Renames a file to the first of two names that is free.</summary>
    /// <returns>The name it has now.</returns>
    private static string Renamed(string path, params string[] names)
    {
        foreach (string name in names)
        {
            try
            {
                PrivateFile.Move(path, name);
                return name;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, or it cannot be renamed at all.
            }
        }

        return path;
    }

    /// <summary>The files that the settings ask for.</summary>
    private sealed record Wanted(string Trace, bool KeepsTrace, List<RenderedFile> Rendered)
    {
        /// <summary>Reads them.</summary>
        /// <param name="settings">What was asked for.</param>
        /// <param name="suffix">What all names get in front of their ending.</param>
        /// <param name="tell">Whether to tell what is ignored.</param>
        public static Wanted Read(Settings settings, string suffix, bool tell)
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
                else if (tell)
                {
                    StandardError.Say(
                        $"warning OBJW1104: output '{name}' is ignored: "
                        + $"its name must end in {RenderFormats.Endings} or {TraceExtension} (binary, one)");
                }
            }

            if (rendered.Count == 0 && trace == null && settings.Loggers == null)
                rendered.Add(new RenderedFile(Suffixed(TracedProgram.Name + ".objwatch", suffix, ".objwatch"), RenderFormat.Text));
            string beside = rendered.Count > 0 ? rendered[0].Path : Suffixed(TracedProgram.Name, suffix, "");
            return new Wanted(trace ?? beside + TraceExtension, trace != null, rendered);
        }

        private static string Suffixed(string name, string suffix, string ending)
        {
            string path = Path.GetFullPath(name);
            return path.Insert(path.Length - ending.Length, suffix);
        }
    }
}
