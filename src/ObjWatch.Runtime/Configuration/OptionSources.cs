using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ObjWatch.Diagnostics;
using ObjWatch.Ranks;
using ObjWatch.Recording;
using ObjWatch.Trace.Options;

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
                && !OptionCatalog.All.Any(option => option.Variable.Equals(name, StringComparison.OrdinalIgnoreCase)))
                StandardError.SayOnce($"warning OBJW1110: there is no option for the environment variable {name}; it is ignored");
        }
    }

    /// <summary>A text.</summary>
    public string? Text(RunOption option, string? own)
    {
        if (own != null)
            return own;
        (string? value, _) = Find(option);
        return value;
    }

    /// <summary>Whether something is wanted.</summary>
    public bool Truth(RunOption option, bool? own) => own ?? bool.Parse(Value(option));

    /// <summary>A number.</summary>
    public int Number(RunOption option, int? own) =>
        int.Parse(
            own == null ? Value(option) : Checked(option, own.Value.ToString(CultureInfo.InvariantCulture), "TracerOptions." + option.Name),
            NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>One of some words, as the member of an enumeration with the same name.</summary>
    public T Choice<T>(RunOption option, T? own)
        where T : struct, Enum => own ?? Parse<T>(Value(option));

    private static T Parse<T>(string word)
        where T : struct, Enum =>
        Enum.TryParse(word, ignoreCase: true, out T value) ? value : default;

    private string Value(RunOption option)
    {
        (string? value, string? source) = Find(option);
        return value == null ? option.Default : Checked(option, value.Trim(), source!);
    }

    private static string Checked(RunOption option, string value, string source)
    {
        if (option.Accepts(value))
            return value;
        StandardError.SayOnce(
            $"warning OBJW1111: {source} is '{value}' but must be {option.Expected}; '{option.Default}' is taken instead");
        return option.Default;
    }

    private (string? Value, string? Source) Find(RunOption option)
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
