using System;
using System.CommandLine;
using System.IO;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli;

/// <summary>The trace that a command reads.</summary>
internal static class TraceInput
{
    /// <summary>The argument that names it.</summary>
    public static Argument<string> CreateArgument() =>
        new("trace") { Description = "A recorded trace (.objtrace).", HelpName = "FILE.objtrace" };

    /// <summary>Opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="growing">Whether what is missing may still come.</param>
    /// <param name="scattered">Whether little of it will be read.</param>
    /// <exception cref="CliException">It is no trace, or cannot be read; the message says what to do.</exception>
    public static TraceReader Open(string path, bool growing = false, bool scattered = false)
    {
        try
        {
            return new TraceReader(path, growing, scattered);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException("OBJW1002", $"'{path}' does not exist");
        }
        catch (Exception exception) when (exception is InvalidDataException)
        {
            throw new CliException("OBJW1004", $"'{path}': {exception.Message}{TraceBeside(path)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new CliException("OBJW1003", Directory.Exists(path)
                ? $"'{path}' is a directory; name the trace in it" : $"'{path}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Where to go instead, for one who names the text.</summary>
    private static string TraceBeside(string path)
    {
        if (!Path.GetExtension(path).Equals(".objwatch", StringComparison.OrdinalIgnoreCase))
            return "";
        foreach (string beside in new[] { path + ".objtrace", Path.ChangeExtension(path, ".objtrace") })
        {
            if (File.Exists(beside))
                return $"; the trace of this text is '{beside}'";
        }

        return "; it is rendered text already, to be read as it is";
    }
}
