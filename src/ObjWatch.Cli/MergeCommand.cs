using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary><c>objwatch merge</c>: puts the traces of several ranks together.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var traces = new Argument<string[]>("traces")
        {
            Description = "The traces of the ranks, one for each.", HelpName = "FILE.objtrace", Arity = ArgumentArity.OneOrMore,
        };
        var output = new OutputFormat();
        var command = new Command("merge", "Renders the traces of several ranks as one, in the order of time.") { traces };
        output.AddTo(command);
        command.SetAction(parsed => Run(parsed.GetValue(traces)!, output.Path(parsed), output.Format(parsed)));
        return command;
    }

    private static int Run(string[] paths, string? outputPath, RenderFormat format)
    {
        var traces = new List<RankTrace>();
        try
        {
            foreach (string path in paths.SelectMany(Expand))
                traces.Add(new RankTrace(path, TraceInput.Open(path)));
            traces = [.. traces.OrderBy(trace => trace.Rank ?? int.MaxValue).ThenBy(trace => trace.Path, StringComparer.Ordinal)];
            RefuseTwins(traces);
            string alignment = ClockAlignment.Align(traces);
            foreach (RankTrace trace in traces)
                trace.Reader.AssumedRank = trace.Rank;
            List<string> notes = [];
            if (!RenderedOutput.Write(outputPath, traces.Select(trace => trace.Path), output => notes = Render(traces, output, format)))
                return 0;
            foreach (string note in notes.Prepend(alignment))
                Console.Error.WriteLine("objwatch: note: " + OneLine.Of(note));
            return 0;
        }
        finally
        {
            foreach (RankTrace trace in traces)
                trace.Reader.Dispose();
        }
    }

    /// <summary>The files that a pattern means, for shells that leave that to the program.</summary>
    private static IEnumerable<string> Expand(string path)
    {
        string name = Path.GetFileName(path);
        string folder = Path.GetDirectoryName(path) ?? "";
        if (!name.Contains('*', StringComparison.Ordinal) || File.Exists(path) || (folder.Length > 0 && !Directory.Exists(folder)))
            return [path];
        string[] found =
            [.. Directory.GetFiles(folder.Length > 0 ? folder : ".", name).Select(file => Path.Combine(folder, Path.GetFileName(file)))];
        return found.Length > 0 ? found : [path];
    }

    private static void RefuseTwins(IEnumerable<RankTrace> traces)
    {
        foreach (IGrouping<int?, RankTrace> twins in traces.Where(trace => trace.Rank is not null).GroupBy(trace => trace.Rank))
        {
            if (twins.Count() > 1)
            {
                throw new CliException("OBJW1040", string.Create(CultureInfo.InvariantCulture,
                    $"{twins.Count()} traces are of rank {twins.Key}: {string.Join(", ", twins.Select(trace => $"'{trace.Path}'"))}; "
                    + $"name one of each rank, all from the same run"));
            }
        }
    }

    private static List<string> Render(List<RankTrace> traces, Stream output, RenderFormat format)
    {
        using TraceRendering rendering =
            TraceRendering.Create([.. traces.Select(trace => trace.Reader)], output, format, new RenderOptions { Header = false });
        rendering.Complete();
        var notes = new List<string>();
        foreach (RankTrace trace in traces)
        {
            if (trace.Rank is null)
                notes.Add($"{trace.Path}: the trace does not say its rank, its events have none");
            notes.AddRange(TraceNotes.Of(trace.Reader, rendering.EventsLost(trace.Reader)).Select(note => $"{trace.Path}: {note}"));
        }

        return notes;
    }
}
