using System.Collections.Generic;
using System.ComponentModel;

namespace ObjWatch.Trace.Options;

/// <summary>All options of a run. The runtime and the weaver's command line are both made from this list; README.md has it as a
/// table.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptionCatalog
{
    /// <summary><c>Output</c>.</summary>
    public static RunOption Output { get; } = new("Output", OptionKind.Text, "", "the files a run leaves behind, separated by ;")
    {
        Endings = [".objwatch", ".json", ".trace.json", ".xml", ".objtrace"],
    };

    /// <summary><c>Targets</c>.</summary>
    public static RunOption Targets { get; } = new("Targets", OptionKind.Text, "", "which of what was woven is recorded")
        { IsOfBuild = false };

    /// <summary><c>Exclude</c>.</summary>
    public static RunOption Exclude { get; } = new("Exclude", OptionKind.Text, "", "which of what was woven is not recorded")
        { IsOfBuild = false };

    /// <summary><c>Locals</c>.</summary>
    public static RunOption Locals { get; } = new("Locals", OptionKind.Truth, "true", "stores to local variables, where woven")
        { IsOfBuild = false };

    /// <summary><c>Statics</c>.</summary>
    public static RunOption Statics { get; } = new("Statics", OptionKind.Truth, "true", "stores to static fields, where woven")
        { IsOfBuild = false };

    /// <summary><c>Ranks</c>.</summary>
    public static RunOption Ranks { get; } = new("Ranks", OptionKind.Text, "", "the processes of a distributed run that record");

    /// <summary><c>Framework</c>.</summary>
    public static RunOption Framework { get; } =
        new("Framework", OptionKind.Text, "", "who tells the rank: auto, env, mpi, none or a registered name");

    /// <summary><c>Level</c>.</summary>
    public static RunOption Level { get; } =
        new("Level", OptionKind.Choice, "Debug", "how loud events are logged; force: straight to standard error too")
    {
        Choices = ["Debug", "Information", "force"],
    };

    /// <summary><c>Simple</c>.</summary>
    public static RunOption Simple { get; } = new("Simple", OptionKind.Truth, "true", "lines of text without time and level in front");

    /// <summary><c>ModulePath</c>.</summary>
    public static RunOption ModulePath { get; } = new("ModulePath", OptionKind.Truth, "true", "methods with their namespace");

    /// <summary><c>ThreadIds</c>.</summary>
    public static RunOption ThreadIds { get; } =
        new("ThreadIds", OptionKind.Truth, "true", "lines with their thread, where there are several");

    /// <summary><c>ObjectIds</c>.</summary>
    public static RunOption ObjectIds { get; } = new("ObjectIds", OptionKind.Truth, "true", "objects with their number");

    /// <summary><c>Wrapper</c>.</summary>
    public static RunOption Wrapper { get; } = new("Wrapper", OptionKind.Text, "", "the type that makes the texts");

    /// <summary><c>Redact</c>.</summary>
    public static RunOption Redact { get; } =
        new("Redact", OptionKind.Text, "", "names whose values are never recorded, * and ? allowed, or none");

    /// <summary><c>MaximumDepth</c>.</summary>
    public static RunOption MaximumDepth { get; } =
        new("MaximumDepth", OptionKind.Number, "0", "calls in each other that are recorded; 0: all")
    {
        Highest = 1_000_000,
    };

    /// <summary><c>EventLimit</c>.</summary>
    public static RunOption EventLimit { get; } =
        new("EventLimit", OptionKind.Number, "0", "events recorded at one place in the code; 0: all");

    /// <summary><c>MaximumStringLength</c>.</summary>
    public static RunOption MaximumStringLength { get; } =
        new("MaximumStringLength", OptionKind.Number, "128", "captured UTF-16 units of a string")
    {
        // Two of them fit into a record.
        Highest = 1024,
    };

    /// <summary><c>MaximumElements</c>.</summary>
    public static RunOption MaximumElements { get; } = new("MaximumElements", OptionKind.Number, "3", "captured elements of a collection")
        { Highest = 20 };

    /// <summary><c>MaximumStructDepth</c>.</summary>
    public static RunOption MaximumStructDepth { get; } =
        new("MaximumStructDepth", OptionKind.Number, "1", "structures in each other that show their fields")
    {
        Highest = 4,
    };

    /// <summary><c>BufferSize</c>.</summary>
    public static RunOption BufferSize { get; } = new("BufferSize", OptionKind.Number, "4", "MiB of trace prepared ahead of need")
        { Lowest = 4, Highest = 4096 };

    /// <summary><c>WhenFull</c>.</summary>
    public static RunOption WhenFull { get; } =
        new("WhenFull", OptionKind.Text, "wait", "what becomes of events for which no room is ready: wait, drop or ring:N (MiB)");

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<RunOption> All { get; } =
    [
        Output, Targets, Exclude, Locals, Statics, Ranks, Framework, Level, Simple, ModulePath, ThreadIds, ObjectIds, Wrapper, Redact,
            MaximumDepth, EventLimit,
        MaximumStringLength, MaximumElements, MaximumStructDepth, BufferSize, WhenFull,
    ];
}
