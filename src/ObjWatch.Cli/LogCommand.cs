using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using ObjWatch.Cli.Following;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary><c>objwatch log</c>: renders a trace.</summary>
internal static class LogCommand
{
    public static Command Create()
    {
        Argument<string> trace = TraceInput.CreateArgument();
        var output = new OutputFormat();
        var byThread = new Option<bool>("--by-thread")
            { Description = "All events of one thread before those of the next (json and xml always are)." };
        var noHeader = new Option<bool>("--no-header") { Description = "Text without the header that tells of the run." };
        var follow = new Option<bool>("--follow", "-f")
            { Description = "Go on while the recorded process does, until it ends or Ctrl-C is pressed." };
        var command = new Command("log", "Renders a trace, also that of a process that was killed.") { trace };
        output.AddTo(command);
        command.Add(byThread);
        command.Add(noHeader);
        command.Add(follow);
        command.SetAction(parsed =>
        {
            var options = new RenderOptions { ByThread = parsed.GetValue(byThread), Header = !parsed.GetValue(noHeader) };
            return parsed.GetValue(follow)
                ? Follow(parsed.GetValue(trace)!, output.Path(parsed), output.Format(parsed), options)
                : Run(parsed.GetValue(trace)!, output.Path(parsed), output.Format(parsed), options, growing: false, default);
        });
        return command;
    }

    private static int Follow(string tracePath, string? outputPath, RenderFormat format, RenderOptions options)
    {
        using var interruption = new Interruption();
        LiveTrace.WaitForHeader(tracePath, interruption.Token);
        return Run(tracePath, outputPath, format, options, growing: true, interruption.Token);
    }

    private static int Run(string tracePath, string? outputPath, RenderFormat format, RenderOptions options, bool growing,
        CancellationToken stopped)
    {
        using TraceReader reader = TraceInput.Open(tracePath, growing);
        ulong eventsLost = 0;
        if (!RenderedOutput.Write(outputPath, [tracePath], output => eventsLost = Render(reader, output, format, options, stopped)))
            return 0;
        foreach (string note in TraceNotes.Of(reader, eventsLost))
            Console.Error.WriteLine("objwatch: note: " + note);
        if (growing && LiveTrace.IsReplaced(tracePath, reader.Header))
            Console.Error.WriteLine("objwatch: note: a newer run writes this file now; follow it with the same command");
        return 0;
    }

    private static ulong Render(TraceReader reader, Stream output, RenderFormat format, RenderOptions options, CancellationToken stopped)
    {
        using TraceRendering rendering = TraceRendering.Create(reader, output, format, options);
        ulong until = reader.Growing ? new LiveTrace(reader).Follow(rendering.Render, stopped) : ulong.MaxValue;
        rendering.Complete(until);
        return rendering.EventsLost(reader);
    }
}
