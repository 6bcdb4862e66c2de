using System.Collections.Generic;
using System.Globalization;
using Microsoft.Extensions.Logging;
using ObjWatch.Trace.Options;

namespace ObjWatch;

/// <summary>
/// How a session records. What is left <see langword="null"/> is taken from the environment (<c>OBJWATCH_…</c>), else from
/// <c>objwatch.json</c> (in the working directory, else beside the application), else from what the build decided, else it is the default.
/// A value out of range is told once and replaced by the default; nothing here throws.
/// </summary>
public sealed class TracerOptions
{
    private readonly Dictionary<string, string> _values = [];
    private TracingLevel? _level;

    /// <summary>Nothing is said yet.</summary>
    public TracerOptions()
    {
    }

    private TracerOptions(TracerOptions other, ILoggerFactory loggers)
    {
        _values = new Dictionary<string, string>(other._values);
        RankProvider = other.RankProvider;
        _level = other._level;
        Wrapper = other.Wrapper;
        Loggers = loggers;
    }

    /// <summary>
    /// The files to leave behind, separated by semicolons: <c>.objwatch</c> for text, <c>.json</c> (the schema of objwatch 0.5.1),
    /// <c>.xml</c> (of 0.3.5),
    /// <c>.trace.json</c> for Chrome trace events, <c>.objtrace</c> for the binary trace.
    /// Default: <c>{application}.objwatch</c> in the working directory; with a logger factory, none.
    /// </summary>
    public string? Output
    {
        get => this[OptionCatalog.Output];
        set => Set(OptionCatalog.Output, value);
    }

    /// <summary>Which of what was woven is recorded, in the grammar of <c>ObjWatchTargets</c>. Default: all of it.</summary>
    public string? Targets
    {
        get => this[OptionCatalog.Targets];
        set => Set(OptionCatalog.Targets, value);
    }

    /// <summary>Which of what was woven is not recorded, in the same grammar; it wins over <see cref="Targets"/>. Default:
    /// nothing.</summary>
    public string? Exclude
    {
        get => this[OptionCatalog.Exclude];
        set => Set(OptionCatalog.Exclude, value);
    }

    /// <summary>Whether stores to local variables are recorded, where they were woven. Default: true.</summary>
    public bool? Locals
    {
        get => Truth(OptionCatalog.Locals);
        set => Set(OptionCatalog.Locals, value);
    }

    /// <summary>Whether stores to static fields are recorded, where they were woven. With false only those that a target names
    /// (<c>Ns:Type::Field</c>). Default: true.</summary>
    public bool? Statics
    {
        get => Truth(OptionCatalog.Statics);
        set => Set(OptionCatalog.Statics, value);
    }

    /// <summary>
    /// Which processes of a distributed program record: <c>all</c>, or ranks and intervals of ranks such as <c>0,2,4-7</c>. Default:
    /// <c>0</c>. Of a process whose rank is unknown, everything is recorded. A malformed list is told on standard error, and the default
    /// taken.
    /// </summary>
    public string? Ranks
    {
        get => this[OptionCatalog.Ranks];
        set => Set(OptionCatalog.Ranks, value);
    }

    /// <summary>
    /// Who tells the rank: <c>env</c> (environment variables of launchers), <c>mpi</c> (the MPI library in this process), the name of a
    /// provider given to <see cref="RankProviders.Register"/>, <c>auto</c> (whichever of these knows it first), or <c>none</c>. Default:
    /// <c>auto</c>. A name that nobody has is told on standard error.
    /// </summary>
    public string? Framework
    {
        get => this[OptionCatalog.Framework];
        set => Set(OptionCatalog.Framework, value);
    }

    /// <summary>Who tells the rank, instead of <see cref="Framework"/>. Default: nobody else.</summary>
    public IRankProvider? RankProvider { get; set; }

    /// <summary>How loud events are logged; <see cref="TracingLevel.Force"/> also writes them straight to standard error. Default:
    /// Debug.</summary>
    public TracingLevel? Level
    {
        get => _level;
        set
        {
            _level = value;
            Set(OptionCatalog.Level, value?.ToString());
        }
    }

    /// <summary>Whether lines of text have neither time nor level in front. Default: true.</summary>
    public bool? Simple
    {
        get => Truth(OptionCatalog.Simple);
        set => Set(OptionCatalog.Simple, value);
    }

    /// <summary>Whether methods show their namespace in the text. Default: true.</summary>
    public bool? ModulePath
    {
        get => Truth(OptionCatalog.ModulePath);
        set => Set(OptionCatalog.ModulePath, value);
    }

    /// <summary>Whether lines of text show their thread once there are several. Default: true.</summary>
    public bool? ThreadIds
    {
        get => Truth(OptionCatalog.ThreadIds);
        set => Set(OptionCatalog.ThreadIds, value);
    }

    /// <summary>Whether objects show their number in the text. Default: true.</summary>
    public bool? ObjectIds
    {
        get => Truth(OptionCatalog.ObjectIds);
        set => Set(OptionCatalog.ObjectIds, value);
    }

    /// <summary>Makes the texts of events; in other sources the option names its type. Default: none.</summary>
    public FunctionWrapper? Wrapper { get; set; }

    /// <summary>
    /// Names of fields, properties, parameters, locals and string keys whose values are never recorded, separated by semicolons, with
    /// <c>*</c> and <c>?</c>, whatever their case. They come on top of the usual ones (<c>*password*;*token*</c> and more, see
    /// docs/values.md); <c>none</c> among them leaves those out. What bears <see cref="ObjWatchRedactAttribute"/> is never recorded either
    /// way.
    /// </summary>
    public string? Redact
    {
        get => this[OptionCatalog.Redact];
        set => Set(OptionCatalog.Redact, value);
    }

    /// <summary>How many traced calls in each other are recorded, from 1; what is called deeper makes no events. 0: all. Default:
    /// 0.</summary>
    public int? MaximumDepth
    {
        get => Number(OptionCatalog.MaximumDepth);
        set => Set(OptionCatalog.MaximumDepth, value);
    }

    /// <summary>How many events are recorded at one place in the code, from 1; the others are counted, and the trace says how many they
    /// were. 0: all. Default: 0.</summary>
    public int? EventLimit
    {
        get => Number(OptionCatalog.EventLimit);
        set => Set(OptionCatalog.EventLimit, value);
    }

    /// <summary>How many UTF-16 units of a string are captured. Default: 128; at most 1024.</summary>
    public int? MaximumStringLength
    {
        get => Number(OptionCatalog.MaximumStringLength);
        set => Set(OptionCatalog.MaximumStringLength, value);
    }

    /// <summary>How many elements of a collection are captured. Default: 3; at most 20.</summary>
    public int? MaximumElements
    {
        get => Number(OptionCatalog.MaximumElements);
        set => Set(OptionCatalog.MaximumElements, value);
    }

    /// <summary>How many structures in each other show their fields. Default: 1; at most 4.</summary>
    public int? MaximumStructDepth
    {
        get => Number(OptionCatalog.MaximumStructDepth);
        set => Set(OptionCatalog.MaximumStructDepth, value);
    }

    /// <summary>How many MiB of the trace are prepared on disk ahead of need. Default: 4; from 4 to 4096.</summary>
    public int? BufferSize
    {
        get => Number(OptionCatalog.BufferSize);
        set => Set(OptionCatalog.BufferSize, value);
    }

    /// <summary>
    /// What happens to an event for which no room is ready: <c>wait</c> (default) lets its thread wait for the disk, so that nothing is
    /// lost; <c>drop</c> counts the event and goes on, and the trace says where how many are missing; <c>ring:N</c> keeps about the last N
    /// MiB of events (1 to 1,048,576; <c>ring</c> alone: 64) and overwrites the oldest ones.
    /// </summary>
    public string? WhenFull
    {
        get => this[OptionCatalog.WhenFull];
        set => Set(OptionCatalog.WhenFull, value);
    }

    /// <summary>Where events are logged, besides the files.</summary>
    internal ILoggerFactory? Loggers { get; }

    /// <summary>The value of an option as a text; <see langword="null"/> where nothing is said.</summary>
    internal string? this[DeclaredOption option] => _values.TryGetValue(option.Name, out string? value) ? value : null;

    /// <summary>These options with a logger factory.</summary>
    internal TracerOptions With(ILoggerFactory loggers) => new(this, loggers);

    private bool? Truth(DeclaredOption option) => this[option] is { } value ? bool.Parse(value) : null;

    private int? Number(DeclaredOption option) => this[option] is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    private void Set(DeclaredOption option, bool? value) => Set(option, value is { } truth ? truth ? "true" : "false" : null);

    private void Set(DeclaredOption option, int? value) => Set(option, value?.ToString(CultureInfo.InvariantCulture));

    private void Set(DeclaredOption option, string? value)
    {
        if (value is null)
            _values.Remove(option.Name);
        else
            _values[option.Name] = value;
    }
}
