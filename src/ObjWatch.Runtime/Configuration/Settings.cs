using System;
using System.Collections.Generic;
using System.Reflection;
using ObjWatch.Ranks;
using ObjWatch.Recording;
using ObjWatch.Values;

namespace ObjWatch.Configuration;

/// <summary>How a session runs: what the program asks for, else the environment, else what the build decided, else the defaults.</summary>
internal sealed class Settings
{
    private const string Prefix = "OBJWATCH_";

    private Settings(string output, CaptureLimits limits, WhenFull whenFull, RankSettings ranks)
    {
        Ranks = ranks;
        Output = output;
        Limits = limits;
        WhenFull = whenFull;
    }

    /// <summary>Whether woven programs start tracing by themselves: not with <c>OBJWATCH=manual</c>, which leaves it to <see cref="Tracer.Start"/>.</summary>
    public static bool StartsByItself => TracingGate.Open && Environment.GetEnvironmentVariable("OBJWATCH")?.Trim() != "manual";

    /// <summary>What the program is called.</summary>
    public static string ApplicationName => Assembly.GetEntryAssembly()?.GetName().Name ?? AppDomain.CurrentDomain.FriendlyName;

    /// <summary>The files to leave behind, separated by semicolons.</summary>
    public string Output { get; }

    /// <summary>How much of each value is captured.</summary>
    public CaptureLimits Limits { get; }

    /// <summary>What becomes of events for which no room is ready.</summary>
    public WhenFull WhenFull { get; }

    /// <summary>Which ranks record, and who tells the rank.</summary>
    public RankSettings Ranks { get; }

    /// <summary>Puts the sources of options together.</summary>
    public static Settings Resolve(TracerOptions? options) => new(
        options?.Output ?? Lookup("Output") ?? ApplicationName + ".objwatch",
        new CaptureLimits(
            Clamp(options?.MaximumStringLength ?? 128, CaptureLimits.LongestString),
            Clamp(options?.MaximumElements ?? 3, CaptureLimits.MostElements)),
        WhenFull.Parse(options?.WhenFull ?? Lookup("WhenFull", "WHEN_FULL")),
        RankSettings.Resolve(options, name => Lookup(name)));

    private static int Clamp(int value, int most) => Math.Max(0, Math.Min(value, most));

    private static string? Lookup(string name, string? variable = null)
    {
        string? value = Environment.GetEnvironmentVariable(Prefix + (variable ?? name.ToUpperInvariant()));
        if (!string.IsNullOrWhiteSpace(value))
            return value;
        return WovenAssemblies.BuildOptions.TryGetValue(name, out string? built) && !string.IsNullOrWhiteSpace(built) ? built : null;
    }
}
