using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Trace;

namespace ObjWatch.Cli;

/// <summary><c>objwatch merge</c>: puts the traces of several ranks together.</summary>
internal static class MergeCommand
{
    private const int BufferSize = 256 * 1024;

    public static Command Create()
    {
        var traces = new Argument<string[]>("traces")
        {
            Description = "The traces of the ranks, one for each.", HelpName = "FILE.objtrace", Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o") { Description = "Write the text into this file instead of standard output.", HelpName = "FILE" };
        var command = new Command("merge", "Renders the traces of several ranks as one text, in the order of time.") { traces, output };
        command.SetAction(parsed => Run(parsed.GetValue(traces)!, parsed.GetValue(output)));
        return command;
    }

    private static int Run(string[] paths, string? outputPath)
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
            if (!RenderedOutput.Write(outputPath, traces.Select(trace => trace.Path), output => notes = Render(traces, output)))
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
        string[] found = [.. Directory.GetFiles(folder.Length > 0 ? folder : ".", name).Select(file => Path.Combine(folder, Path.GetFileName(file)))];
        return found.Length > 0 ? found : [path];
    }

    private static void RefuseTwins(IEnumerable<RankTrace> traces)
    {
        foreach (IGrouping<int?, RankTrace> twins in traces.Where(trace => trace.Rank is not null).GroupBy(trace => trace.Rank))
        {
            if (twins.Count() > 1)
            {
                throw new CliException("OBJW1040", string.Create(CultureInfo.InvariantCulture,
                    $"{twins.Count()} traces are of rank {twins.Key}: {string.Join(", ", twins.Select(trace => $"'{trace.Path}'"))}; name one of each rank, all from the same run"));
            }
        }
    }

    private static List<string> Render(List<RankTrace> traces, Stream output)
    {
        using var buffered = new BufferedStream(output, BufferSize);
        TraceReader[] readers = traces.Select(trace => trace.Reader).ToArray();
        var merger = new EventMerger(readers);
        var text = new MergedText(readers, buffered);
        merger.Merge(text);
        text.Flush();
        buffered.Flush();
        var notes = new List<string>();
        for (int i = 0; i < traces.Count; i++)
        {
            if (traces[i].Rank is null)
                notes.Add($"{traces[i].Path}: the trace does not say its rank, its lines have no prefix");
            notes.AddRange(TraceNotes.Of(traces[i].Reader, text.EventsLost(i)).Select(note => $"{traces[i].Path}: {note}"));
        }

        return notes;
    }
}
