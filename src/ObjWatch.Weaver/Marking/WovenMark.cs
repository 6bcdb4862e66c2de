using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Marking;

/// <summary>How a woven assembly is recognised: the table of probe sites in its resources tells by which weaver and with which
/// options.</summary>
internal static class WovenMark
{
    private const string WeavePrefix = "weave.";

    /// <summary>The version of this weaver, as it stands in the table.</summary>
    private static string WeaverVersion { get; } =
        typeof(WovenMark).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? typeof(WovenMark).Assembly.GetName().Version!.ToString();

    /// <summary>Has the table of an assembly tell by which weaver and how it has been woven, and puts it into the assembly.</summary>
    public static void Add(SiteTable table, ModuleDefinition module, WeaveRequest request)
    {
        table.WeaverVersion = WeaverVersion;
        table.AssemblyName = module.Assembly.Name.Name;
        foreach (KeyValuePair<string, string> option in Options(request))
            table.Options[option.Key] = option.Value;
        using var bytes = new MemoryStream();
        table.Write(bytes);
        module.Resources.Add(new EmbeddedResource(SiteTable.ResourceName, Mono.Cecil.ManifestResourceAttributes.Private, bytes.ToArray()));
    }

    /// <summary>What the table says of the options: <c>weave.*</c> for how it is woven, the others for the run.</summary>
    private static SortedDictionary<string, string> Options(WeaveRequest request)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [WeavePrefix + "Targets"] = Normalized(request.Targets),
            [WeavePrefix + "Exclude"] = Normalized(request.Exclude),
            [WeavePrefix + "Locals"] = Text(request.Locals),
            [WeavePrefix + "Statics"] = Text(request.Statics),
            [WeavePrefix + "Accessors"] = Text(request.Accessors),
        };
        foreach (KeyValuePair<string, string> option in request.RunOptions)
            options[option.Key] = option.Value;
        return options;
    }

    /// <summary>Says what an assembly that is already woven means for a request; <see langword="null"/> when it is not woven.</summary>
    public static IReadOnlyList<Diagnostic>? Inspect(LoadedAssembly assembly, WeaveRequest request)
    {
        EmbeddedResource? resource = assembly.Module.Resources.OfType<EmbeddedResource>()
            .FirstOrDefault(item => item.Name == SiteTable.ResourceName);
        if (resource is null)
            return null;
        SiteTable table;
        try
        {
            using Stream stream = resource.GetResourceStream();
            table = SiteTable.Read(stream);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            return [Codes.WovenDifferently.About(assembly.Path, "another version of ObjWatch")];
        }

        if (table.WeaverVersion != WeaverVersion)
            return [Codes.WovenDifferently.About(assembly.Path, $"version {table.WeaverVersion} of ObjWatch (this is {WeaverVersion})")];
        SortedDictionary<string, string> options = Options(request);
        if (Differences(table.Options, options, isWeave: true) is { Length: > 0 } differences)
            return [Codes.WovenDifferently.About(assembly.Path, $"other options ({differences})")];
        Diagnostic woven = Codes.AlreadyWoven.About(assembly.Path);
        return Differences(table.Options, options, isWeave: false) is { Length: > 0 } kept
            ? [Codes.RunOptionsDiffer.About(assembly.Path, kept), woven]
            : [woven];
    }

    private static string Differences(IDictionary<string, string> embedded, IDictionary<string, string> requested, bool isWeave)
    {
        IEnumerable<string> names = embedded.Keys.Union(requested.Keys)
            .Where(name => name.StartsWith(WeavePrefix, StringComparison.Ordinal) == isWeave)
            .Where(name => Value(embedded, name) != Value(requested, name));
        return string.Join(", ",
            names.Select(name => $"{(isWeave ? name.Substring(WeavePrefix.Length) : name)}='{Value(embedded, name)}'"));
    }

    private static string Value(IDictionary<string, string> options, string name) =>
        options.TryGetValue(name, out string? value) ? value : "";

    // Line breaks and white space between entries are a matter of how the project file is laid out.
    private static string Normalized(string targets) => string.Join(";", TargetText.Split(targets));

    private static string Text(bool value) => value ? "true" : "false";
}
