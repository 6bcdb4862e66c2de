using System;
using System.CommandLine;
using System.Linq;
using ObjWatch.Tool.Packing;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool;

/// <summary>The entry point: reads the command line, and turns whatever happens into messages and an exit code.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var printer = new MessagePrinter(Console.Out, Console.Error);
        try
        {
            var commandLine = new CommandLine(options => new WeaveCommand(options, printer).Run(), new PackCommand(printer));
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
}
