using System;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Diagnostics;
using ObjWatch.Ranks;
using ObjWatch.Recording;
using ObjWatch.Trace.Options;
using ObjWatch.Woven;

namespace ObjWatch.Configuration;

/// <summary>
/// Where options come from, in this order: the program's <see cref="TracerOptions"/>, the environment, objwatch.json, what the build
/// decided, the defaults. What is unknown or malformed is told once; the default holds instead.
/// </summary>
internal sealed class OptionSources
{
    private const string Prefix = "OBJWATCH_";

    private readonly ConfigurationFile? _file = ConfigurationFile.Find();
    private readonly IReadOnlyDictionary<string, string> _ofBuild;

    /// <param name="ofBuild">What the build decided, by option name.</param>
    public OptionSources(IReadOnlyDictionary<string, string> ofBuild)
    {
        _ofBuild = ofBuild;
        if (TracingGate.Open && !TracingGate.Says("", "1", "true", "yes", "on", "manual"))
        {
            StandardError.SayOnce(
                $"warning OBJW1111: OBJWATCH is '{Environment.GetEnvironmentVariable("OBJWATCH")}' but must be 0, 1 or manual; "
                + "'1' is taken instead");
        }

        foreach (string name in Environment.GetEnvironmentVariables().Keys.OfType<string>())
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !EnvironmentRank.IsOwn(name)
                && !OptionCatalog.OfRun.Any(option => option.Variable.Equals(name, StringComparison.OrdinalIgnoreCase)))
                StandardError.SayOnce($"warning OBJW1110: there is no option for the environment variable {name}; it is ignored");
        }
    }

    /// <summary>The value of an option: of a text as it is written, <see langword="null"/> where nobody says anything and there is no
    /// default; of all others one that makes sense.</summary>
    /// <param name="option">The option.</param>
    /// <param name="own">What the program asks for, or <see langword="null"/>.</param>
    public string? Value(DeclaredOption option, string? own)
    {
        (string? value, string? source) = own != null ? (own, "TracerOptions." + option.Name) : Find(option);
        if (value == null)
            return option.Default.Length > 0 ? option.Default : null;
        return option.Kind == OptionKind.Text ? value : Checked(option, value.Trim(), source!);
    }

    private static string Checked(DeclaredOption option, string value, string source)
    {
        if (option.Accepts(value))
            return value;
        StandardError.SayOnce(
            $"warning OBJW1111: {source} is '{value}' but must be {option.Expected}; '{option.Default}' is taken instead");
        return option.Default;
    }

    private (string? Value, string? Source) Find(DeclaredOption option)
    {
        string? value = Environment.GetEnvironmentVariable(option.Variable);
        if (!string.IsNullOrWhiteSpace(value))
            return (value, option.Variable);
        value = _file?[option.Key];
        if (!string.IsNullOrWhiteSpace(value))
            return (value, $"{option.Key} in {_file!.Path}");
        return option.IsOfBuild && _ofBuild.TryGetValue(option.Name, out string? built) && !string.IsNullOrWhiteSpace(built)
            ? (built, $"the build's {option.Property}")
            : (null, null);
    }
}
