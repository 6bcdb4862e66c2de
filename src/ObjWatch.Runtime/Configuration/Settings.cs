using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Logging;
using ObjWatch.Diagnostics;
using ObjWatch.Hosting;
using ObjWatch.Ranks;
using ObjWatch.Recording;
using ObjWatch.Recording.Events;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Options;
using ObjWatch.Trace.Selecting;
using ObjWatch.Values;
using ObjWatch.Values.Redacting;
using ObjWatch.Woven;

namespace ObjWatch.Configuration;

/// <summary>How a session runs, put together from all sources of options.</summary>
internal sealed class Settings
{
    private readonly Dictionary<string, string?> _values = [];

    private Settings(TracerOptions? own, IReadOnlyDictionary<string, string> ofBuild)
    {
        var sources = new OptionSources(ofBuild);
        foreach (DeclaredOption option in OptionCatalog.OfRun)
            _values[option.Name] = sources.Value(option, own?[option]);
        Loggers = own?.Loggers;
        Output = this[OptionCatalog.Output] ?? (Loggers == null ? TracedProgram.Name + ".objwatch" : "");
        Targets = Parse(OptionCatalog.Targets);
        Exclude = Parse(OptionCatalog.Exclude);
        Ranks = RankSettings.Resolve(this[OptionCatalog.Ranks], this[OptionCatalog.Framework], own?.RankProvider);
        Enum.TryParse(this[OptionCatalog.Level], ignoreCase: true, out TracingLevel level);
        Level = level;
        Wrapper = own?.Wrapper ?? WrapperLoader.Load(this[OptionCatalog.Wrapper]);
        Redaction = Redaction.Parse(this[OptionCatalog.Redact] ?? "");
        Limits = new CaptureLimits(
            Number(OptionCatalog.MaximumStringLength), Number(OptionCatalog.MaximumElements), Number(OptionCatalog.MaximumStructDepth));
        WhenFull = WhenFull.Parse(this[OptionCatalog.WhenFull]!);
        TellWhatHolds();
    }

    /// <summary>Whether woven programs start tracing by themselves: not with <c>OBJWATCH=manual</c>, which leaves it to
    /// <see cref="Tracer.Start()"/>.</summary>
    public static bool StartsByItself => TracingGate.Open && !TracingGate.Says("manual");

    /// <summary>The files to leave behind, separated by semicolons; none only where events are logged.</summary>
    public string Output { get; }

    /// <summary>Where events are logged, besides the files; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? Loggers { get; }

    /// <summary>Which of what was woven is recorded; empty: all of it.</summary>
    public IReadOnlyList<Target> Targets { get; }

    /// <summary>Which of what was woven is not recorded.</summary>
    public IReadOnlyList<Target> Exclude { get; }

    /// <summary>Whether stores to local variables are recorded.</summary>
    public bool Locals => IsTrue(OptionCatalog.Locals);

    /// <summary>Whether stores to static fields are recorded that no target names.</summary>
    public bool Statics => IsTrue(OptionCatalog.Statics);

    /// <summary>Which processes of a distributed run record, and who tells which one this is.</summary>
    public RankSettings Ranks { get; }

    /// <summary>How loud events are logged.</summary>
    public TracingLevel Level { get; }

    /// <summary>Makes the texts, or null.</summary>
    public FunctionWrapper? Wrapper { get; }

    /// <summary>What must not be recorded.</summary>
    public Redaction Redaction { get; }

    /// <summary>Most calls in each other that are recorded; 0: all.</summary>
    public int MaximumDepth => Number(OptionCatalog.MaximumDepth);

    /// <summary>Most events at one site; 0: all.</summary>
    public int EventLimit => Number(OptionCatalog.EventLimit);

    /// <summary>How much of each value is captured.</summary>
    public CaptureLimits Limits { get; }

    /// <summary>MiB of trace prepared ahead of need.</summary>
    public int BufferSize => Number(OptionCatalog.BufferSize);

    /// <summary>What becomes of events for which no room is ready.</summary>
    public WhenFull WhenFull { get; }

    /// <summary>What the trace says of them, by option name: renderers go by it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Facts =>
        OptionCatalog.OfRun.Select(option => new KeyValuePair<string, string>(option.Name, this[option] ?? ""));

    private string? this[DeclaredOption option] => _values[option.Name];

    /// <summary>What they say of sites.</summary>
    /// <param name="texts">Makes the texts, or null.</param>
    public SiteOptions OfSites(ITextMaker? texts) => new(Targets, Exclude, Locals, Statics, Redaction, EventLimit, MaximumDepth, texts);

    /// <summary>Puts the sources of options together.</summary>
    /// <param name="options">What the program asks for.</param>
    /// <param name="ofBuild">What the build decided, by option name.</param>
    public static Settings Resolve(TracerOptions? options, IReadOnlyDictionary<string, string> ofBuild) => new(options, ofBuild);

    private bool IsTrue(DeclaredOption option) => bool.Parse(this[option]!);

    private int Number(DeclaredOption option) => int.Parse(this[option]!, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The trace says what holds, and not how it was written.</summary>
    private void TellWhatHolds()
    {
        _values[OptionCatalog.Output.Name] = Output;
        _values[OptionCatalog.Targets.Name] = string.Join(";", Targets);
        _values[OptionCatalog.Exclude.Name] = string.Join(";", Exclude);
        _values[OptionCatalog.Ranks.Name] = Ranks.Ranks.ToString();
        _values[OptionCatalog.Framework.Name] = Ranks.Provider?.Name ?? Ranks.Framework;
        _values[OptionCatalog.Level.Name] = Level.ToString();
        _values[OptionCatalog.Wrapper.Name] = Wrapper?.GetType().FullName;
        foreach (DeclaredOption option in OptionCatalog.OfRun.Where(option => option.Kind == OptionKind.Truth))
            _values[option.Name] = IsTrue(option) ? "true" : "false";
    }

    private List<Target> Parse(DeclaredOption option)
    {
        var targets = new List<Target>();
        foreach (string entry in TargetText.Split(this[option] ?? ""))
        {
            try
            {
                targets.Add(TargetParser.Parse(entry));
            }
            catch (TargetSyntaxException wrong)
            {
                StandardError.SayOnce(FormattableString.Invariant(
                    $"warning OBJW1115: {option.Name}: '{entry}' is ignored: column {wrong.Column}: {wrong.Message}"));
            }
        }

        return targets;
    }
}
