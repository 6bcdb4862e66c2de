using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Trace.Files;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary>Where a command writes what it renders: standard output, or a file that is there only if it is complete.</summary>
internal static class RenderedOutput
{
    private const string TraceExtension = ".objtrace";

    /// <summary>Writes.</summary>
    /// <param name="path">The file; null: standard output.</param>
    /// <param name="traces">The files that are read, which must not be written.</param>
    /// <param name="render">Writes to the stream it is given.</param>
    /// <returns>Whether all of it was taken; false where whoever reads standard output has seen enough.</returns>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static bool Write(string? path, IEnumerable<string> traces, Action<Stream> render)
    {
        try
        {
            if (path is null)
                WriteToStandardOutput(render);
            else
                WriteToFile(path, traces, render);
            return true;
        }
        catch (IOException exception) when (path is null && StandardOutput.IsBrokenPipe(exception))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new CliException("OBJW1006", $"cannot write {(path is null ? "standard output" : $"'{path}'")}: {exception.Message}",
                CliException.Failed);
        }
    }

    private static void WriteToStandardOutput(Action<Stream> render)
    {
        using Stream output = StandardOutput.Open();
        render(output);
    }

    private static void WriteToFile(string path, IEnumerable<string> traces, Action<Stream> render)
    {
        if (traces.Any(trace => Path.GetFullPath(trace) == Path.GetFullPath(path)))
            throw new CliException("OBJW1001", $"'{path}' is the trace itself; name another file for the output");
        if (path.EndsWith(TraceExtension, StringComparison.OrdinalIgnoreCase))
            throw new CliException("OBJW1001",
                $"'{path}' would be taken for a binary trace, which only a traced program writes; let its name end in "
                + $"{RenderFormats.Endings}");
        FileStream output = PrivateFile.Create(Path.GetFullPath(path));
        bool complete = false;
        try
        {
            render(output);
            complete = true;
        }
        finally
        {
            output.Dispose();
            if (!complete)
                File.Delete(path);
        }
    }
}
