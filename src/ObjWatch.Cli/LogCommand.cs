using System;
using System.CommandLine;
using System.IO;
using ObjWatch.Configuration;
using ObjWatch.Rendering;
using ObjWatch.Trace;

namespace ObjWatch.Cli;

/// <summary><c>objwatch log</c>: renders a trace as text.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        Argument<string> trace = TraceInput.CreateArgument();
        var output = new Option<string?>("--output", "-o") { Description = "Write the text into this file instead of standard output.", HelpName = "FILE" };
        var command = new Command("log", "Renders a trace as text, also that of a process that was killed.") { trace, output };
        command.SetAction(parsed => Run(parsed.GetValue(trace)!, parsed.GetValue(output)));
        return command;
    }

    private static int Run(string tracePath, string? outputPath)
    {
        using TraceReader reader = TraceInput.Open(tracePath);
        ulong eventsLost = 0;
        if (!RenderedOutput.Write(outputPath, [tracePath], output => eventsLost = Render(reader, output)))
            return 0;
        foreach (string note in TraceNotes.Of(reader, eventsLost))
            Console.Error.WriteLine("objwatch: note: " + note);
        return 0;
    }

    private static ulong Render(TraceReader reader, Stream output)
    {
        var renderer = new TextRenderer(reader, output);
        new EventMerger(reader).Merge(renderer);
        renderer.Flush();
        return renderer.EventsLost;
    }
}
