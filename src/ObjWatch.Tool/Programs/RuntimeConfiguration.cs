using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Programs;

/// <summary>A framework by name and least version.</summary>
/// <param name="Name">For example <c>Microsoft.NETCore.App</c>.</param>
/// <param name="Version">For example 8.0.0.</param>
internal sealed record FrameworkReference(string Name, Version Version);

/// <summary>What a runtimeconfig.json says.</summary>
/// <param name="Frameworks">The shared frameworks the program runs on; none when it brings its own.</param>
/// <param name="MajorVersion">The major version of .NET.</param>
/// <param name="ProbingPaths">Package folders that the runtimeconfig.dev.json beside it names.</param>
internal sealed record RuntimeConfiguration(
    IReadOnlyList<FrameworkReference> Frameworks, int MajorVersion, IReadOnlyList<string> ProbingPaths)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The frameworks with the one that each of them rests on, whether it is named or not.</summary>
    public IEnumerable<FrameworkReference> AllFrameworks =>
        Frameworks is [var first, ..] && Frameworks.All(framework => framework.Name != SharedFrameworks.Core)
            ? Frameworks.Append(new FrameworkReference(SharedFrameworks.Core, new Version(first.Version.Major, 0)))
            : Frameworks;

    /// <summary>Reads a runtimeconfig.json and, if there is one, the runtimeconfig.dev.json beside it.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static RuntimeConfiguration Read(string path)
    {
        IReadOnlyList<FrameworkReference> shared = [];
        IReadOnlyList<FrameworkReference> included = [];
        ReadOptions(path, options =>
        {
            shared = [.. ReadFrameworks(options, "framework"), .. ReadFrameworks(options, "frameworks")];
            included = ReadFrameworks(options, "includedFrameworks");
        });
        IReadOnlyList<string> probingPaths = [];
        string developmentPath = Path.ChangeExtension(path, ".dev.json");
        if (File.Exists(developmentPath))
            ReadOptions(developmentPath, options => probingPaths = Strings(options, "additionalProbingPaths"));
        int major = shared.Concat(included).Select(framework => framework.Version.Major).DefaultIfEmpty(0).Max();
        return new RuntimeConfiguration(shared, major, probingPaths);
    }

    private static void ReadOptions(string path, Action<JsonElement> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            if (document.RootElement.TryGetProperty("runtimeOptions", out JsonElement options))
                read(options);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException
            or InvalidOperationException or FormatException
            or KeyNotFoundException or ArgumentException)
        {
            throw new ToolException(Codes.UnreadableConfiguration.About(path, exception.Message));
        }
    }

    private static List<FrameworkReference> ReadFrameworks(JsonElement options, string property)
    {
        if (!options.TryGetProperty(property, out JsonElement value))
            return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(ReadFramework).ToList() : [ReadFramework(value)];
    }

    private static FrameworkReference ReadFramework(JsonElement element)
    {
        // A preview's version has a suffix, which says nothing about the interface.
        string version = element.GetProperty("version").GetString()!.Split('-')[0];
        return new FrameworkReference(element.GetProperty("name").GetString()!, Version.Parse(version));
    }

    private static List<string> Strings(JsonElement options, string property) =>
        options.TryGetProperty(property, out JsonElement value) ? value.EnumerateArray().Select(item => item.GetString()!).ToList() : [];
}
