using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using ObjWatch.Cli.Following;
using ObjWatch.Configuration;
using ObjWatch.Rendering;
using ObjWatch.Trace;

namespace ObjWatch.Cli;

/// <summary><c>objwatch log</c>: renders a trace.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        Argument<string> trace = TraceInput.CreateArgument();
        var format = new Option<string?>("--format")
        {
            Description = "text, json, xml or chrome (default: as the output file's name says, else text).", HelpName = "FORMAT",
        };
        format.AcceptOnlyFromAmong("text", "json", "xml", "chrome");
        var output = new Option<string?>("--output", "-o") { Description = "Write into this file instead of standard output.", HelpName = "FILE" };
        var byThread = new Option<bool>("--by-thread") { Description = "All events of one thread before those of the next (json and xml always are)." };
        var noHeader = new Option<bool>("--no-header") { Description = "Text without the header that tells of the run." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on while the recorded process does, until it ends or Ctrl-C is pressed." };
        var command = new Command("log", "Renders a trace, also that of a process that was killed.") { trace, format, output, byThread, noHeader, follow };
        command.SetAction(parsed =>
        {
            string? outputPath = parsed.GetValue(output);
            RenderFormat form = FormatOf(parsed.GetValue(format), outputPath);
            var options = new RenderOptions { ByThread = parsed.GetValue(byThread), Header = !parsed.GetValue(noHeader) };
            return parsed.GetValue(follow)
                ? Follow(parsed.GetValue(trace)!, outputPath, form, options)
                : Run(parsed.GetValue(trace)!, outputPath, form, options, growing: false, default);
        });
        return command;
    }

    private static RenderFormat FormatOf(string? name, string? outputPath)
    {
        if (name is not null)
            return Enum.Parse<RenderFormat>(name, ignoreCase: true);
        return outputPath is null ? RenderFormat.Text : RenderFormats.Of(outputPath, out _) ?? RenderFormat.Text;
    }

    private static int Follow(string tracePath, string? outputPath, RenderFormat format, RenderOptions options)
    {
        using var interruption = new Interruption();
        LiveTrace.WaitForHeader(tracePath, interruption.Token);
        return Run(tracePath, outputPath, format, options, growing: true, interruption.Token);
    }

    private static int Run(string tracePath, string? outputPath, RenderFormat format, RenderOptions options, bool growing, CancellationToken stopped)
    {
        using TraceReader reader = TraceInput.Open(tracePath, growing);
        ulong eventsLost;
        try
        {
            eventsLost = outputPath is null
                ? Render(reader, StandardOutput.Open(), format, options, stopped)
                : RenderToFile(reader, tracePath, outputPath, format, options, stopped);
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

    private static ulong RenderToFile(
        TraceReader reader, string tracePath, string outputPath, RenderFormat format, RenderOptions options, CancellationToken stopped)
    {
        if (Path.GetFullPath(outputPath) == Path.GetFullPath(tracePath))
            throw new CliException("OBJW1001", $"'{outputPath}' is the trace itself; name another file for the output");
        FileStream output = PrivateFile.Create(Path.GetFullPath(outputPath));
        bool complete = false;
        try
        {
            ulong eventsLost = Render(reader, output, format, options, stopped);
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

    private static ulong Render(TraceReader reader, Stream output, RenderFormat format, RenderOptions options, CancellationToken stopped)
    {
        using TraceRendering rendering = TraceRendering.Create(reader, output, format, options);
        ulong until = reader.Growing ? new LiveTrace(reader).Follow(rendering.Render, stopped) : ulong.MaxValue;
        rendering.Complete(until);
        return rendering.EventsLost;
    }
}
