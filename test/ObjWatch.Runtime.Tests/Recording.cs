using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Runtime.Tests;

/// <summary>A session in this process, and what it recorded.</summary>
internal sealed class Recording : IDisposable
{
    private static bool _automaticSessionEnded;

    private readonly IDisposable _session;

    public Recording(TracerOptions? options = null)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("objwatch-").FullName;
        EndAutomaticSession(Directory);
        options ??= new TracerOptions();
        options.Output ??= Path.Combine(Directory, "run.objtrace");
        _session = Tracer.Start(options);
    }

    public string Directory { get; }

    public string Trace => Path.Combine(Directory, "run.objtrace");

    /// <summary>Ends the session.</summary>
    /// <returns>The recorded events as text.</returns>
    public string[] Stop()
    {
        _session.Dispose();
        return Lines(Trace);
    }

    /// <summary>The events of a trace as text.</summary>
    public static string[] Lines(string trace)
    {
        using var reader = new TraceReader(trace, growing: false);
        var text = new MemoryStream();
        var renderer = new TextRenderer(reader, text);
        new EventMerger(reader).Merge(renderer);
        renderer.FinishTrace();
        renderer.Flush();
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToArray();
    }

    /// <summary>The keys of the facts in a trace.</summary>
    public static string[] Facts(string trace)
    {
        using var reader = new TraceReader(trace, growing: false);
        return reader.Definitions.Facts.Select(fact => fact.Key).ToArray();
    }

    /// <summary>Registering the sites starts a session, as with any woven assembly. These tests want their own.</summary>
    private static void EndAutomaticSession(string directory)
    {
        if (_automaticSessionEnded)
            return;
        _automaticSessionEnded = true;
        Environment.SetEnvironmentVariable("OBJWATCH_OUTPUT", Path.Combine(directory, "automatic.objtrace"));
        _ = WovenSites.Next;
        Tracer.Stop();
        Environment.SetEnvironmentVariable("OBJWATCH_OUTPUT", null);
    }

    /// <summary>The events in order of their streams, without line number and indentation.</summary>
    public static IEnumerable<string> Events(IEnumerable<string> lines) => lines.Select(line => line[6..].Trim());

    /// <summary>Ends the session.</summary>
    /// <param name="deleteFiles">Whether its files are not needed any more.</param>
    public void Dispose(bool deleteFiles)
    {
        _session.Dispose();
        if (deleteFiles)
            Dispose();
    }

    public void Dispose()
    {
        _session.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
