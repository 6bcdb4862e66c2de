using System.Collections.Generic;

namespace ObjWatch.Configuration;

/// <summary>All options of a run. The runtime and the weaver's command line are both made from this list; README.md has it as a table.</summary>
internal static class OptionCatalog
{
    public static Option Output { get; } = new("Output", OptionKind.Text, "", "the files a run leaves behind, separated by ;")
    {
        Endings = [".objwatch", ".json", ".trace.json", ".xml", ".objtrace"],
    };

    public static Option Targets { get; } = new("Targets", OptionKind.Text, "", "which of what was woven is recorded") { IsOfBuild = false };

    public static Option Exclude { get; } = new("Exclude", OptionKind.Text, "", "which of what was woven is not recorded") { IsOfBuild = false };

    public static Option Locals { get; } = new("Locals", OptionKind.Truth, "true", "stores to local variables, where woven") { IsOfBuild = false };

    public static Option Statics { get; } = new("Statics", OptionKind.Truth, "true", "stores to static fields, where woven") { IsOfBuild = false };

    public static Option Ranks { get; } = new("Ranks", OptionKind.Text, "", "the processes of a distributed run that record");

    public static Option Framework { get; } = new("Framework", OptionKind.Text, "", "who tells the rank: auto, env, mpi, none or a registered name");

    public static Option Level { get; } = new("Level", OptionKind.Choice, "Debug", "how loud events are logged; force: straight to standard error too")
    {
        Choices = ["Debug", "Information", "force"],
    };

    public static Option Simple { get; } = new("Simple", OptionKind.Truth, "true", "lines of text without time and level in front");

    public static Option ModulePath { get; } = new("ModulePath", OptionKind.Truth, "true", "methods with their namespace");

    public static Option ThreadIds { get; } = new("ThreadIds", OptionKind.Truth, "true", "lines with their thread, where there are several");

    public static Option ObjectIds { get; } = new("ObjectIds", OptionKind.Truth, "true", "objects with their number");

    public static Option Wrapper { get; } = new("Wrapper", OptionKind.Text, "", "the type that makes the texts");

    public static Option Redact { get; } = new("Redact", OptionKind.Text, "", "names whose values are never recorded, * and ? allowed, or none");

    public static Option MaximumDepth { get; } = new("MaximumDepth", OptionKind.Number, "0", "calls in each other that are recorded; 0: all")
    {
        Highest = 1_000_000,
    };

    public static Option EventLimit { get; } = new("EventLimit", OptionKind.Number, "0", "events recorded at one place in the code; 0: all");

    public static Option MaximumStringLength { get; } = new("MaximumStringLength", OptionKind.Number, "128", "captured UTF-16 units of a string")
    {
        // Two of them fit into a record.
        Highest = 1024,
    };

    public static Option MaximumElements { get; } = new("MaximumElements", OptionKind.Number, "3", "captured elements of a collection") { Highest = 20 };

    public static Option MaximumStructDepth { get; } = new("MaximumStructDepth", OptionKind.Number, "1", "structures in each other that show their fields")
    {
        Highest = 4,
    };

    public static Option BufferSize { get; } = new("BufferSize", OptionKind.Number, "4", "MiB of trace prepared ahead of need") { Lowest = 4, Highest = 4096 };

    public static Option WhenFull { get; } = new("WhenFull", OptionKind.Text, "wait", "what becomes of events for which no room is ready: wait, drop or ring:N (MiB)");

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        Output, Targets, Exclude, Locals, Statics, Ranks, Framework, Level, Simple, ModulePath, ThreadIds, ObjectIds, Wrapper, Redact, MaximumDepth, EventLimit,
        MaximumStringLength, MaximumElements, MaximumStructDepth, BufferSize, WhenFull,
    ];
}
