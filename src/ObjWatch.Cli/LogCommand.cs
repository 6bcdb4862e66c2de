using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using ObjWatch.Cli.Following;
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
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on while the recorded process does, until it ends or Ctrl-C is pressed." };
        var command = new Command("log", "Renders a trace as text, also that of a process that was killed.") { trace, output, follow };
        command.SetAction(parsed => parsed.GetValue(follow)
            ? Follow(parsed.GetValue(trace)!, parsed.GetValue(output))
            : Run(parsed.GetValue(trace)!, parsed.GetValue(output), growing: false, default));
        return command;
    }

    private static int Follow(string tracePath, string? outputPath)
    {
        using var interruption = new Interruption();
        LiveTrace.WaitForHeader(tracePath, interruption.Token);
        return Run(tracePath, outputPath, growing: true, interruption.Token);
    }

    private static int Run(string tracePath, string? outputPath, bool growing, CancellationToken stopped)
    {
        using TraceReader reader = TraceInput.Open(tracePath, growing);
        ulong eventsLost;
        try
        {
            eventsLost = outputPath is null ? RenderToStandardOutput(reader, stopped) : RenderToFile(reader, tracePath, outputPath, stopped);
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
        if (growing && LiveTrace.IsReplaced(tracePath, reader.Header))
            Console.Error.WriteLine("objwatch: note: a newer run writes this file now; follow it with the same command");
        return 0;
    }

    private static ulong RenderToStandardOutput(TraceReader reader, CancellationToken stopped)
    {
        using Stream output = StandardOutput.Open();
        return Render(reader, output, stopped);
    }

    private static ulong RenderToFile(TraceReader reader, string tracePath, string outputPath, CancellationToken stopped)
    {
        if (Path.GetFullPath(outputPath) == Path.GetFullPath(tracePath))
            throw new CliException("OBJW1001", $"'{outputPath}' is the trace itself; name another file for the text");
        FileStream output = PrivateFile.Create(Path.GetFullPath(outputPath));
        bool complete = false;
        try
        {
            ulong eventsLost = Render(reader, output, stopped);
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

    private static ulong Render(TraceReader reader, Stream output, CancellationToken stopped)
    {
        var renderer = new TextRenderer(reader, output);
        var merger = new EventMerger(reader);
        if (reader.Growing)
            new LiveTrace(reader).Follow(RenderUntil, stopped);
        else
            RenderUntil(ulong.MaxValue);
        renderer.Finish();
        return renderer.EventsLost;

        void RenderUntil(ulong watermark)
        {
            merger.Merge(renderer, watermark);
            renderer.Flush();
        }
    }
}
