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
        ulong eventsLost;
        try
        {
            eventsLost = outputPath is null ? RenderToStandardOutput(reader) : RenderToFile(reader, tracePath, outputPath);
        }
        catch (IOException exception) when (outputPath is null && StandardOutput.IsBrokenPipe(exception))
        {
            // Whoever reads has seen enough.
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException("OBJW1006", $"cannot write {(outputPath is null ? "standard output" : $"'{outputPath}'")}: {exception.Message}", CliException.Failed);
        }

        foreach (string note in TraceNotes.Of(reader, eventsLost))
            Console.Error.WriteLine("objwatch: note: " + note);
        return 0;
    }

    private static ulong RenderToStandardOutput(TraceReader reader)
    {
        using Stream output = StandardOutput.Open();
        return Render(reader, output);
    }

    private static ulong RenderToFile(TraceReader reader, string tracePath, string outputPath)
    {
        if (Path.GetFullPath(outputPath) == Path.GetFullPath(tracePath))
            throw new CliException("OBJW1001", $"'{outputPath}' is the trace itself; name another file for the text");
        FileStream output = PrivateFile.Create(Path.GetFullPath(outputPath));
        bool complete = false;
        try
        {
            ulong eventsLost = Render(reader, output);
            complete = true;
            return eventsLost;
        }
        finally
        {
            output.Dispose();
            if (!complete)
                File.Delete(outputPath);
        }
    }

    private static ulong Render(TraceReader reader, Stream output)
    {
        var renderer = new TextRenderer(reader, output);
        new EventMerger(reader).Merge(renderer);
        renderer.Finish();
        return renderer.EventsLost;
    }
}
