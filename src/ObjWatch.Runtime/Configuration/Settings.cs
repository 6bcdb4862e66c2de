using System;
using System.Collections.Generic;
using System.Globalization;
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

namespace ObjWatch.Configuration;

/// <summary>How a session runs, put together from all sources of options.</summary>
internal sealed class Settings
{
    private Settings(TracerOptions? own, IReadOnlyDictionary<string, string> ofBuild)
    {
        var sources = new OptionSources(ofBuild);
        Output = sources.Text(OptionCatalog.Output, own?.Output) ?? (own?.Loggers == null ? TracedProgram.Name + ".objwatch" : "");
        Loggers = own?.Loggers;
        Targets = Parse(OptionCatalog.Targets, sources.Text(OptionCatalog.Targets, own?.Targets));
        Exclude = Parse(OptionCatalog.Exclude, sources.Text(OptionCatalog.Exclude, own?.Exclude));
        Locals = sources.Truth(OptionCatalog.Locals, own?.Locals);
        Statics = sources.Truth(OptionCatalog.Statics, own?.Statics);
        Ranks = RankSettings.Resolve(
            sources.Text(OptionCatalog.Ranks, own?.Ranks), sources.Text(OptionCatalog.Framework, own?.Framework), own?.RankProvider);
        Level = sources.Choice(OptionCatalog.Level, own?.Level);
        Simple = sources.Truth(OptionCatalog.Simple, own?.Simple);
        ModulePath = sources.Truth(OptionCatalog.ModulePath, own?.ModulePath);
        ThreadIds = sources.Truth(OptionCatalog.ThreadIds, own?.ThreadIds);
        ObjectIds = sources.Truth(OptionCatalog.ObjectIds, own?.ObjectIds);
        Wrapper = own?.Wrapper ?? WrapperLoader.Load(sources.Text(OptionCatalog.Wrapper, null));
        Redact = sources.Text(OptionCatalog.Redact, own?.Redact) ?? "";
        Redaction = Redaction.Parse(Redact);
        MaximumDepth = sources.Number(OptionCatalog.MaximumDepth, own?.MaximumDepth);
        EventLimit = sources.Number(OptionCatalog.EventLimit, own?.EventLimit);
        Limits = new CaptureLimits(
            sources.Number(OptionCatalog.MaximumStringLength, own?.MaximumStringLength),
            sources.Number(OptionCatalog.MaximumElements, own?.MaximumElements),
            sources.Number(OptionCatalog.MaximumStructDepth, own?.MaximumStructDepth));
        BufferSize = sources.Number(OptionCatalog.BufferSize, own?.BufferSize);
        WhenFullText = sources.Text(OptionCatalog.WhenFull, own?.WhenFull) ?? OptionCatalog.WhenFull.Default;
        WhenFull = WhenFull.Parse(WhenFullText);
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
    public bool Locals { get; }

    /// <summary>Whether stores to static fields are recorded that no target names.</summary>
    public bool Statics { get; }

    /// <summary>Which processes of a distributed run record, and who tells which one this is.</summary>
    public RankSettings Ranks { get; }

    /// <summary>How loud events are logged.</summary>
    public TracingLevel Level { get; }

    /// <summary>Whether lines of text have neither time nor level in front.</summary>
    public bool Simple { get; }

    /// <summary>Whether methods show their namespace.</summary>
    public bool ModulePath { get; }

    /// <summary>Whether lines of text show their thread, where there are several.</summary>
    public bool ThreadIds { get; }

    /// <summary>Whether objects show their number.</summary>
    public bool ObjectIds { get; }

    /// <summary>Makes the texts, or null.</summary>
    public FunctionWrapper? Wrapper { get; }

    /// <summary>What must not be recorded, as it was written.</summary>
    public string Redact { get; }

    /// <summary>What must not be recorded.</summary>
    public Redaction Redaction { get; }

    /// <summary>Most calls in each other that are recorded; 0: all.</summary>
    public int MaximumDepth { get; }

    /// <summary>Most events at one site; 0: all.</summary>
    public int EventLimit { get; }

    /// <summary>How much of each value is captured.</summary>
    public CaptureLimits Limits { get; }

    /// <summary>MiB of trace prepared ahead of need.</summary>
    public int BufferSize { get; }

    /// <summary>What becomes of events for which no room is ready.</summary>
    public WhenFull WhenFull { get; }

    /// <summary>The same as it was written.</summary>
    public string WhenFullText { get; }

    /// <summary>What the trace says of them, by option name: renderers go by it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Facts
    {
        get
        {
            yield return Fact(OptionCatalog.Output, Output);
            yield return Fact(OptionCatalog.Targets, string.Join(";", Targets));
            yield return Fact(OptionCatalog.Exclude, string.Join(";", Exclude));
            yield return Fact(OptionCatalog.Locals, Locals);
            yield return Fact(OptionCatalog.Statics, Statics);
            yield return Fact(OptionCatalog.Ranks, Ranks.Ranks.ToString());
            yield return Fact(OptionCatalog.Framework, Ranks.Provider?.Name ?? Ranks.Framework);
            yield return Fact(OptionCatalog.Level, Level.ToString());
            yield return Fact(OptionCatalog.Simple, Simple);
            yield return Fact(OptionCatalog.ModulePath, ModulePath);
            yield return Fact(OptionCatalog.ThreadIds, ThreadIds);
            yield return Fact(OptionCatalog.ObjectIds, ObjectIds);
            yield return Fact(OptionCatalog.Wrapper, Wrapper?.GetType().FullName ?? "");
            yield return Fact(OptionCatalog.Redact, Redact);
            yield return Fact(OptionCatalog.MaximumDepth, MaximumDepth);
            yield return Fact(OptionCatalog.EventLimit, EventLimit);
            yield return Fact(OptionCatalog.MaximumStringLength, Limits.StringLength);
            yield return Fact(OptionCatalog.MaximumElements, Limits.Elements);
            yield return Fact(OptionCatalog.MaximumStructDepth, Limits.StructDepth);
            yield return Fact(OptionCatalog.BufferSize, BufferSize);
            yield return Fact(OptionCatalog.WhenFull, WhenFullText);
        }
    }

    /// <summary>What they say of sites.</summary>
    /// <param name="texts">Makes the texts, or null.</param>
    public SiteOptions OfSites(ITextMaker? texts) => new(Targets, Exclude, Locals, Statics, Redaction, EventLimit, MaximumDepth, texts);

    /// <summary>Puts the sources of options together.</summary>
    /// <param name="options">What the program asks for.</param>
    /// <param name="ofBuild">What the build decided, by option name.</param>
    public static Settings Resolve(TracerOptions? options, IReadOnlyDictionary<string, string> ofBuild) => new(options, ofBuild);

    private static KeyValuePair<string, string> Fact(RunOption option, string value) => new(option.Name, value);

    private static KeyValuePair<string, string> Fact(RunOption option, bool value) => new(option.Name, value ? "true" : "false");

    private static KeyValuePair<string, string> Fact(RunOption option, int value) =>
        new(option.Name, value.ToString(CultureInfo.InvariantCulture));

    private static List<Target> Parse(RunOption option, string? text)
    {
        var targets = new List<Target>();
        foreach (string entry in TargetText.Split(text ?? ""))
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
