using System;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace ObjWatch.Cli;

/// <summary>The command <c>objwatch</c>: reads recorded traces.</summary>
internal static class Program
{
    private const string SeeHelp = " (objwatch --help shows the usage)";

    private static int Main(string[] arguments)
    {
        var root = new RootCommand("Reads traces that programs woven by ObjWatch recorded.")
            { LogCommand.Create(), InfoCommand.Create(), MergeCommand.Create() };
        ParseResult parsed = root.Parse(arguments);
        try
        {
            if (parsed.UnmatchedTokens.Count > 0)
                throw new CliException("OBJW1001", $"'{parsed.UnmatchedTokens[0]}' means nothing here" + SeeHelp);
            if (parsed.Errors.Count > 0)
                throw new CliException("OBJW1001",
                    string.Join(' ', parsed.Errors[0].Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.')
                    + SeeHelp);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (CliException exception)
        {
            Console.Error.WriteLine($"objwatch: error {exception.Code}: {OneLine.Of(exception.Message)}");
            return exception.ExitCode;
        }
    }
}
