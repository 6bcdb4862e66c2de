using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli;

/// <summary><c>objwatch info</c>: says what is in a trace.</summary>
internal static class InfoCommand
{
    private const int LongestList = 10;
    private const int MostThreads = 100;

    private static readonly (TraceEventKind Kind, string Name)[] _rarer =
    [
        (TraceEventKind.ElementChanged, "upd of elements"),
        (TraceEventKind.ElementAdded, "apd of elements"),
        (TraceEventKind.ElementRemoved, "pop of elements"),
        (TraceEventKind.CollectionChanged, "upd of whole collections"),
        (TraceEventKind.ContentsKnown, "has"),
        (TraceEventKind.LineReached, "lin"),
        (TraceEventKind.OutputWritten, "out"),
        (TraceEventKind.TestBegun, "tests begun"),
        (TraceEventKind.TestEnded, "tests ended"),
    ];

    public static Command Create()
    {
        Argument<string> trace = TraceInput.CreateArgument();
        var exact = new Option<bool>("--exact") { Description = "Count every event of a large trace instead of estimating from a sample." };
        var command = new Command("info", "Says what is in a trace.") { trace, exact };
        command.SetAction(parsed => Run(parsed.GetValue(trace)!, parsed.GetValue(exact)));
        return command;
    }

    private static int Run(string path, bool exact)
    {
        using TraceReader reader = TraceInput.Open(path, scattered: !exact);
        var summary = new TraceSummary(reader, exact);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        WriteRun(text, path, reader, summary);
        WriteThreads(text, reader, summary);
        WriteEvents(text, summary);
        WriteDefinitions(text, reader);
        WriteList(text, "Most called methods", summary.MostCalled(LongestList));
        WriteList(text, "Most changed members", summary.MostChanged(LongestList));
        List<string> notes = [.. TraceNotes.Of(reader, summary.EventsLost)];
        if (summary.Estimation is { } estimation)
            notes.Insert(0, estimation);
        if (notes.Count > 0)
        {
            text.WriteLine("\nNotes");
            foreach (string note in notes)
                text.WriteLine("  " + note);
        }

        Console.Out.Write(text.ToString());
        return 0;
    }

    private static void WriteRun(StringWriter text, string path, TraceReader reader, TraceSummary summary)
    {
        TraceHeader header = reader.Header;
        WriteFact(text, "trace", path);
        WriteFact(text, "format",
            string.Create(CultureInfo.InvariantCulture,
                $"version {header.Version}, {reader.ChunkCount} chunks in use, {reader.File.Length} bytes"));
        WriteFact(text, "process id", header.ProcessId.ToString(CultureInfo.InvariantCulture));
        WriteFact(text, "started", header.StartTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture));
        double seconds = summary.LastTicks > header.StartTicks ? (summary.LastTicks - header.StartTicks) / (double)header.Frequency : 0;
        WriteFact(text, "duration", string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000000} s"));
        WriteFact(text, "closed", header.Closed ? "yes" : "no");
        foreach (KeyValuePair<string, string> fact in reader.Definitions.Facts)
            WriteFact(text, fact.Key, fact.Value);
    }

    private static void WriteThreads(StringWriter text, TraceReader reader, TraceSummary summary)
    {
        text.WriteLine("\nThreads");
        KeyValuePair<uint, long>[] threads = [.. summary.Threads];
        foreach ((uint number, long count) in threads.Take(MostThreads))
        {
            reader.Definitions.Threads.TryGetValue(number, out RecordedThread? thread);
            uint? id = thread?.ManagedId ?? reader.Streams.FirstOrDefault(stream => stream.Number == number)?.ManagedThreadId;
            string name = string.IsNullOrEmpty(thread?.Name) ? "" : $" '{OneLine.Of(thread.Name)}'";
            WriteCount(text, count, $"T{number} (managed thread {id}){name}");
        }

        if (threads.Length > MostThreads)
            WriteCount(text, threads.Skip(MostThreads).Sum(thread => thread.Value), $"of {threads.Length - MostThreads} more threads");
    }

    private static void WriteEvents(StringWriter text, TraceSummary summary)
    {
        text.WriteLine("\nEvents");
        WriteCount(text, summary.Total, "all");
        WriteCount(text, summary.Count(TraceEventKind.MethodEntered), "run");
        WriteCount(text, summary.Count(TraceEventKind.MethodLeft) - summary.Failed, "end");
        WriteCount(text, summary.Failed, "end by an exception");
        WriteCount(text, summary.Count(TraceEventKind.MethodSuspended), "awt");
        WriteCount(text, summary.Count(TraceEventKind.MethodResumed), "rsm");
        WriteCount(text, summary.Count(TraceEventKind.MemberChanged), "upd");
        WriteCount(text, summary.Count(TraceEventKind.CollectionGrew), "apd");
        WriteCount(text, summary.Count(TraceEventKind.CollectionShrank), "pop");
        // What not every trace has.
        foreach ((TraceEventKind kind, string name) in _rarer)
        {
            if (summary.Count(kind) is > 0 and long count)
                WriteCount(text, count, name);
        }
    }

    private static void WriteDefinitions(StringWriter text, TraceReader reader)
    {
        text.WriteLine("\nWoven assemblies");
        foreach (AssemblySites assembly in reader.Definitions.Assemblies)
        {
            SiteTable table = assembly.Table;
            text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {OneLine.Of(table.AssemblyName)}: {table.Methods.Count} methods, {table.Members.Count} members, {table.Sites.Count} "
                + $"sites, {table.Files.Count} files, by weaver {OneLine.Of(table.WeaverVersion)}"));
        }

        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {reader.Definitions.Types.Count} types seen in values"));
        if (reader.Definitions.Checksums.Count is > 0 and int checksums)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {checksums} source files with a checksum"));
    }

    private static void WriteList(StringWriter text, string title, IEnumerable<(string Name, long Count)> entries)
    {
        bool first = true;
        foreach ((string name, long count) in entries)
        {
            if (first)
                text.WriteLine("\n" + title);
            first = false;
            WriteCount(text, count, OneLine.Of(name));
        }
    }

    private static void WriteCount(StringWriter text, long count, string name) =>
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,14} {name}"));

    private static void WriteFact(StringWriter text, string name, string value) =>
        text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{OneLine.Of(name),-26} {OneLine.Of(value)}"));
}
