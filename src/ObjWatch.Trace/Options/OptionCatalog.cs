using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace ObjWatch.Trace.Options;

/// <summary>All options, declared here and nowhere else: runtime, header of a trace, weaver's command line, the package's targets and
/// docs/options.md are made from this list.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OptionCatalog
{
    /// <summary><c>ObjWatch</c>: whether a project is woven.</summary>
    public static DeclaredOption Weave { get; } = new("", OptionKind.Truth, OptionUse.Property, "false", "weave");

    /// <summary><c>ObjWatchIgnore</c>.</summary>
    public static DeclaredOption Ignore { get; } = new("Ignore", OptionKind.Truth, OptionUse.Property, "",
        "`true`: never weave this project; `false`: weave it even if it is one that builds load") { Page = "build.md#what-a-build-loads" };

    /// <summary><c>ObjWatchTargets</c>.</summary>
    public static DeclaredOption WovenTargets { get; } = new("Targets", OptionKind.Text, OptionUse.Weaving, "",
        "what is woven: Ns, Ns:Type, Ns:Type.Method(), Ns:Type.Member, Ns:Type::Static, Folder/File.cs or *")
    {
        Singular = "target", ShortSwitch = "-t", IsList = true, Values = "targets", ShownDefault = "everything", Page = "selection.md",
    };

    /// <summary><c>ObjWatchExclude</c>.</summary>
    public static DeclaredOption WovenExclude { get; } = new("Exclude", OptionKind.Text, OptionUse.Weaving, "",
        "what is not woven, written like a target")
    {
        ShortSwitch = "-x", IsList = true, Values = "targets", ShownDefault = "nothing", Page = "selection.md",
    };

    /// <summary><c>ObjWatchStatics</c>.</summary>
    public static DeclaredOption WovenStatics { get; } =
        new("Statics", OptionKind.Truth, OptionUse.Weaving, "true", "weave stores to static fields");

    /// <summary><c>ObjWatchLocals</c>.</summary>
    public static DeclaredOption WovenLocals { get; } =
        new("Locals", OptionKind.Truth, OptionUse.Weaving, "false", "weave stores to local variables");

    /// <summary><c>ObjWatchAccessors</c>.</summary>
    public static DeclaredOption Accessors { get; } =
        new("Accessors", OptionKind.Truth, OptionUse.Weaving, "false", "weave calls of auto-properties' accessors and of trivial getters");

    /// <summary><c>ObjWatchExplain</c>.</summary>
    public static DeclaredOption Explain { get; } =
        new("Explain", OptionKind.Truth, OptionUse.Weaving, "false", "list each method and why it was woven or not");

    /// <summary><c>OBJWATCH</c>: whether a woven program traces.</summary>
    public static DeclaredOption Gate { get; } = new("", OptionKind.Choice, OptionUse.Variable, "1",
        "`0`: trace nothing, whatever else is set; `manual`: the program starts tracing itself") { Choices = ["0", "1", "manual"] };

    /// <summary><c>Output</c>.</summary>
    public static DeclaredOption Output { get; } = new("Output", OptionKind.Text, OptionUse.RunAndDefault, "",
        "the files a run leaves behind: text, JSON, XML, Chrome trace events for Perfetto and speedscope, the binary trace")
    {
        Endings = [".objwatch", ".json", ".trace.json", ".xml", ".objtrace"], Values = "files, with `;`",
        ShownDefault = "`<App>.objwatch`", Page = "formats.md",
    };

    /// <summary><c>Targets</c>.</summary>
    public static DeclaredOption Targets { get; } = new("Targets", OptionKind.Text, OptionUse.Run, "",
        "which of what was woven is recorded; a method left out costs as little as with tracing off")
    {
        Values = "targets", ShownDefault = "all", Page = "selection.md",
    };

    /// <summary><c>Exclude</c>.</summary>
    public static DeclaredOption Exclude { get; } = new("Exclude", OptionKind.Text, OptionUse.Run, "",
        "which of what was woven is not recorded") { Values = "targets", ShownDefault = "nothing" };

    /// <summary><c>Locals</c>.</summary>
    public static DeclaredOption Locals { get; } =
        new("Locals", OptionKind.Truth, OptionUse.Run, "true", "record stores to local variables, where woven");

    /// <summary><c>Statics</c>.</summary>
    public static DeclaredOption Statics { get; } = new("Statics", OptionKind.Truth, OptionUse.Run, "true",
        "record stores to static fields, where woven; with `false` only those that a target names");

    /// <summary><c>Ranks</c>.</summary>
    public static DeclaredOption Ranks { get; } = new("Ranks", OptionKind.Text, OptionUse.RunAndDefault, "",
        "which processes of a distributed run record")
    {
        Values = "list", ShownDefault = "`0`", Limits = "`all`, or numbers and intervals such as `0,2,4-7`", Page = "ranks.md",
    };

    /// <summary><c>Framework</c>.</summary>
    public static DeclaredOption Framework { get; } = new("Framework", OptionKind.Text, OptionUse.RunAndDefault, "", "who tells the rank")
    {
        ShownDefault = "`auto`", Limits = "`auto`, `env`, `mpi`, `none`, or a registered name", Page = "ranks.md",
    };

    /// <summary><c>Level</c>.</summary>
    public static DeclaredOption Level { get; } = new("Level", OptionKind.Choice, OptionUse.RunAndDefault, "Debug",
        "how loud events are logged; `force`: each line straight to standard error, too") { Choices = ["Debug", "Information", "force"] };

    /// <summary><c>Simple</c>.</summary>
    public static DeclaredOption Simple { get; } =
        new("Simple", OptionKind.Truth, OptionUse.RunAndDefault, "true", "lines of text without time and level in front");

    /// <summary><c>ModulePath</c>.</summary>
    public static DeclaredOption ModulePath { get; } =
        new("ModulePath", OptionKind.Truth, OptionUse.RunAndDefault, "true", "methods with their namespace");

    /// <summary><c>ThreadIds</c>.</summary>
    public static DeclaredOption ThreadIds { get; } =
        new("ThreadIds", OptionKind.Truth, OptionUse.RunAndDefault, "true", "lines with their thread, where there are several");

    /// <summary><c>ObjectIds</c>.</summary>
    public static DeclaredOption ObjectIds { get; } =
        new("ObjectIds", OptionKind.Truth, OptionUse.RunAndDefault, "true", "objects with their number");

    /// <summary><c>Wrapper</c>.</summary>
    public static DeclaredOption Wrapper { get; } = new("Wrapper", OptionKind.Text, OptionUse.RunAndDefault, "",
        "the type that makes the texts") { Values = "type, perhaps `:` and a text", ShownDefault = "none", Page = "values.md#wrappers" };

    /// <summary><c>Redact</c>.</summary>
    public static DeclaredOption Redact { get; } = new("Redact", OptionKind.Text, OptionUse.RunAndDefault, "",
        "names whose values are never recorded")
    {
        IsList = true, Values = "names, with `;`", ShownDefault = "the usual ones", Limits = "`*` and `?`; `none`",
        Page = "values.md#what-must-not-be-in-a-trace",
    };

    /// <summary><c>MaximumDepth</c>.</summary>
    public static DeclaredOption MaximumDepth { get; } = new("MaximumDepth", OptionKind.Number, OptionUse.RunAndDefault, "0",
        "how deep nested calls are recorded; 0: all") { Highest = 1_000_000 };

    /// <summary><c>EventLimit</c>.</summary>
    public static DeclaredOption EventLimit { get; } = new("EventLimit", OptionKind.Number, OptionUse.RunAndDefault, "0",
        "how many events are recorded at one place in the code; 0: all; the trace says how many were left out");

    /// <summary><c>MaximumStringLength</c>.</summary>
    public static DeclaredOption MaximumStringLength { get; } = new("MaximumStringLength", OptionKind.Number, OptionUse.RunAndDefault,
        "128", "how many UTF-16 units of a string are captured")
    {
        // Two of them fit into a record.
        Highest = 1024,
    };

    /// <summary><c>MaximumElements</c>.</summary>
    public static DeclaredOption MaximumElements { get; } = new("MaximumElements", OptionKind.Number, OptionUse.RunAndDefault, "3",
        "how many elements of a collection are captured") { Highest = 20 };

    /// <summary><c>MaximumStructDepth</c>.</summary>
    public static DeclaredOption MaximumStructDepth { get; } = new("MaximumStructDepth", OptionKind.Number, OptionUse.RunAndDefault, "1",
        "how many structures in each other show their fields") { Highest = 4 };

    /// <summary><c>BufferSize</c>.</summary>
    public static DeclaredOption BufferSize { get; } = new("BufferSize", OptionKind.Number, OptionUse.RunAndDefault, "4",
        "how many MiB of the trace are prepared ahead of need; on Windows no more than an eighth of the trace")
    {
        Lowest = 4, Highest = 4096,
    };

    /// <summary><c>WhenFull</c>.</summary>
    public static DeclaredOption WhenFull { get; } = new("WhenFull", OptionKind.Text, OptionUse.RunAndDefault, "wait",
        "what a thread does when no room is ready for its event: wait, drop it and count, or keep the last N MiB of the trace")
    {
        Limits = "`wait`, `drop`, `ring:N` with N from 1 to 1,048,576 (`ring` alone: 64)",
    };

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<DeclaredOption> All { get; } =
    [
        Weave, Ignore, WovenTargets, WovenExclude, WovenStatics, WovenLocals, Accessors, Explain, Gate,
        Output, Targets, Exclude, Locals, Statics, Ranks, Framework, Level, Simple, ModulePath, ThreadIds, ObjectIds, Wrapper, Redact,
        MaximumDepth, EventLimit, MaximumStringLength, MaximumElements, MaximumStructDepth, BufferSize, WhenFull,
    ];

    /// <summary>Those that code, environment and objwatch.json know, in the order in which a trace tells them.</summary>
    public static IReadOnlyList<DeclaredOption> OfRun { get; } = [.. All.Where(option => (option.Use & OptionUse.Code) != 0)];
}
