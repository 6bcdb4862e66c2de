using System;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ObjWatch.MSBuild;

/// <summary>
/// Runs the weaver as a program of its own and turns what it says into errors and warnings of the build. A weaver that crashes
/// is then one failed task, and no build node keeps it loaded.
/// </summary>
public sealed class ObjWatchWeave : ToolTask
{
    private const string LeftToBuildsCode = "OBJW0015";

    /// <summary>Path of objwatch-weave.dll.</summary>
    [Required]
    public string Weaver { get; set; } = "";

    /// <summary>Path of the file with the weaver's arguments, one in each line.</summary>
    [Required]
    public string Arguments { get; set; } = "";

    /// <summary>Path of the dotnet host that runs the build; empty where the build does not run in one (Visual Studio).</summary>
    public string? DotnetHost { get; set; }

    /// <summary>Path of the page that describes every diagnostic.</summary>
    public string? HelpFile { get; set; }

    /// <summary>Whether the assembly was left as it was, because builds load it.</summary>
    [Output]
    public bool LeftToBuilds { get; private set; }

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.High;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => string.IsNullOrEmpty(DotnetHost) ? ToolName : DotnetHost!;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        CommandLineBuilder line = new();
        line.AppendSwitch("exec");
        line.AppendFileNameIfNotNull(Weaver);
        line.AppendFileNameIfNotNull("@" + Arguments);
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (!WeaverMessage.TryParse(singleLine, out WeaverMessage? message))
        {
            Log.LogMessage(messageImportance, "{0}", singleLine);
            return;
        }

        LeftToBuilds |= message.Code == LeftToBuildsCode;
        switch (message.Severity)
        {
            case "error":
                Log.LogError(null, message.Code, null, HelpLink(message.Code), message.File, message.Line, message.Column, 0, 0, "{0}",
                    message.Text);
                break;
            case "warning":
                Log.LogWarning(null, message.Code, null, HelpLink(message.Code), message.File, message.Line, message.Column, 0, 0, "{0}",
                    message.Text);
                break;
            default:
                Log.LogMessage(null, message.Code, null, message.File, message.Line, message.Column, 0, 0, MessageImportance.Normal, "{0}",
                    message.Text);
                break;
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            const string Stopped = "OBJW0602";
            Log.LogError(
                null, Stopped, null, HelpLink(Stopped), null, 0, 0, 0, 0,
                "The weaver stopped with exit code {0} and without saying why. Run it by hand to see more: \"{1}\" exec \"{2}\" \"@{3}\"",
                ExitCode, GenerateFullPathToTool(), Weaver, Arguments);
        }

        return false;
    }

    private string? HelpLink(string code) =>
        string.IsNullOrEmpty(HelpFile) ? null : new Uri(Path.GetFullPath(HelpFile)).AbsoluteUri + "#" + code.ToLowerInvariant();
}
