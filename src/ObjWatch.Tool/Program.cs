using System;
using System.CommandLine;
using System.Linq;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool;

/// <summary>The entry point: reads the command line, and turns whatever happens into messages and an exit code.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        PostponeCollections();
        var printer = new MessagePrinter(Console.Out, Console.Error);
        try
        {
            var commandLine = new CommandLine(options => new WeaveCommand(options, printer).Run());
            ParseResult parsed = commandLine.Parse(arguments);
            if (parsed.Errors.Count == 0)
                return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            string errors = string.Join(" ", parsed.Errors.Select(error => error.Message));
            printer.Print(Codes.WrongUsage.About(null, $"{errors} 'objwatch-weave --help' lists the options."));
            return ExitCode.WrongUsage;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            string? frame = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
            printer.Print(Codes.InternalError.About(null, $"{exception.GetType().FullName}: {exception.Message} ({frame})"));
            return ExitCode.Failed;
        }
    }

    /// <summary>
    /// A collection finds nothing to collect: all of an assembly stays in memory until it has been written. Marking it takes up to half of the time in which
    /// it is woven, so the first collection comes when this much has been allocated, which an assembly of up to 1 MB does not need.
    /// </summary>
    private static void PostponeCollections()
    {
        const long Budget = 240L << 20;
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 8 * Budget)
            return;
        try
        {
            GC.TryStartNoGCRegion(Budget);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Larger than this process may get at once: then collections come as they come.
        }
    }
}
