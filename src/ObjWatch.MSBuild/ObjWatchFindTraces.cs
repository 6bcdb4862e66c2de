using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ObjWatch.MSBuild;

/// <summary>Finds the traces among a project's documents.</summary>
public sealed class ObjWatchFindTraces : Task
{
    /// <summary>JSON and XML files.</summary>
    [Required]
    public ITaskItem[] Documents { get; set; } = [];

    /// <summary>Those that are traces.</summary>
    [Output]
    public ITaskItem[] Traces { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        Traces = Documents.Where(document => TraceDocument.Is(document.GetMetadata("FullPath"))).ToArray();
        return true;
    }
}
