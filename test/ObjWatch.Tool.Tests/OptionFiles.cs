using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Trace.Options;

namespace ObjWatch.Tool.Tests;

/// <summary>The files that are made from the declared options.</summary>
internal static class OptionFiles
{
    private const string Begin = "<!-- options -->";
    private const string End = "<!-- end -->";

    /// <summary>The document, with its table made anew.</summary>
    /// <exception cref="InvalidDataException">There are no comments around a table.</exception>
    public static string Document(string text)
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"docs/options.md has no table between {Begin} and {End}");
        return text[..(begin + Begin.Length)] + "\n" + string.Concat(Table().Select(row => row + "\n")) + text[end..];
    }

    /// <summary>What the build hands on to the weaver.</summary>
    public static string Targets()
    {
        DeclaredOption[] options = [.. OptionCatalog.All.Where(option => (option.Use & OptionUse.Weaving) == OptionUse.Weaving)];
        IEnumerable<string> lists = options.Where(option => option.IsList).Select(option =>
            $"      <_{option.Property}>"
            + $@"$([System.Text.RegularExpressions.Regex]::Replace($({option.Property}), '\s*[\r\n]+\s*', ';').Trim(';'))"
            + $"</_{option.Property}>");
        IEnumerable<string> switches =
            OptionCatalog.All.Where(option => option.Kind == OptionKind.Truth && !option.IsOfRun && option.IsOfBuild)
            .Where(option => option != OptionCatalog.Ignore)
            .Select(option => $"""      <_ObjWatchSwitch Include="{option.Property}" Value="$({option.Property})" />""");
        return $"""
            <Project>
              <!-- Made from OptionCatalog.cs: WRITE_OPTION_FILES=1 dotnet test test/ObjWatch.Tool.Tests writes it anew. -->
              <Target Name="_ObjWatchReadOptions">
                <PropertyGroup>
                  <!-- In a project the entries of a list may stand on lines of their own. -->
            {string.Join("\n", lists)}
                </PropertyGroup>
                <ItemGroup>
                  <!-- MSBuild takes yes and on for true in a comparison, no and off for false. -->
            {string.Join("\n", options.Select(Argument))}
                </ItemGroup>
              </Target>

              <Target Name="_ObjWatchReadSwitches">
                <ItemGroup>
            {string.Join("\n", switches)}
                </ItemGroup>
              </Target>
            </Project>

            """;
    }

    private static string Argument(DeclaredOption option)
    {
        string property = (option.IsList ? "_" : "") + option.Property;
        return option switch
        {
            { IsOfRun: false, Kind: OptionKind.Truth, Default: "true" } =>
                $"""      <_ObjWatchOption Include="{option.Switch};false" Condition="'$({property})' == 'false'" />""",
            { IsOfRun: false, Kind: OptionKind.Truth } =>
                $"""      <_ObjWatchOption Include="{option.Switch}" Condition="'$({property})' == 'true'" />""",
            _ => $"""      <_ObjWatchOption Include="{option.Switch};$([MSBuild]::Escape('$({property})'))" """
                + $"""Condition="'$({property})' != ''" />""",
        };
    }

    private static IEnumerable<string> Table() =>
    [
        "| property | environment | command line | API | type | default | limits | meaning |", "|---|---|---|---|---|---|---|---|",
        .. OptionCatalog.All.Select(Row),
    ];

    private static string Row(DeclaredOption option)
    {
        string[] switches = option.ShortSwitch.Length > 0 ? [option.ShortSwitch, option.Switch] : [option.Switch];
        string[] cells =
        [
            Code(option, OptionUse.Property, option.Property), Code(option, OptionUse.Variable, option.Variable),
            Code(option, OptionUse.Switch, switches), Code(option, OptionUse.Code, option.Name),
            option.Values.Length > 0 ? option.Values : option.Kind.ToString().ToLowerInvariant(),
            option.ShownDefault.Length > 0 ? option.ShownDefault : option.Default.Length > 0 ? $"`{option.Default}`" : "",
            Limits(option), option.Description + (option.Page.Length > 0 ? $" ([more]({option.Page}))" : ""),
        ];
        return "|" + string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {cell} |"));
    }

    private static string Code(DeclaredOption option, OptionUse use, params string[] names) =>
        (option.Use & use) == 0 ? "" : string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Limits(DeclaredOption option) => option switch
    {
        { Limits.Length: > 0 } => option.Limits,
        { Kind: OptionKind.Number } => string.Create(CultureInfo.InvariantCulture, $"{option.Lowest:N0} to {option.Highest:N0}"),
        { Kind: OptionKind.Choice } => string.Join(", ", option.Choices.Select(word => $"`{word}`")),
        _ => string.Join(", ", option.Endings.Select(ending => $"`{ending}`")),
    };
}
