using System;
using System.CommandLine;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Cli;

/// <summary>Where a command writes to, and in which format: as it is told, else as the name of the file says.</summary>
internal sealed class OutputFormat
{
    private readonly Option<string?> _format = new("--format")
    {
        Description = "text, json, xml or chrome (default: as the output file's name says, else text).", HelpName = "FORMAT",
    };

    private readonly Option<string?> _output = new("--output", "-o")
        { Description = "Write into this file instead of standard output.", HelpName = "FILE" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong("text", "json", "xml", "chrome");
        command.Add(_format);
        command.Add(_output);
    }

    /// <summary>The file; null: standard output.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>The format.</summary>
    public RenderFormat Format(ParseResult parsed)
    {
        if (parsed.GetValue(_format) is { } name)
            return Enum.Parse<RenderFormat>(name, ignoreCase: true);
        return Path(parsed) is { } path ? RenderFormats.Of(path, out _) ?? RenderFormat.Text : RenderFormat.Text;
    }
}
