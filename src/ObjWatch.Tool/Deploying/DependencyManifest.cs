using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Deploying;

/// <summary>Adds libraries to a deps.json; the rest of the file stays as it is.</summary>
internal static class DependencyManifest
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly JsonSerializerOptions Indented = new()
        { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The manifest with the libraries that it lacks; the very same bytes when it lacks none.</summary>
    /// <param name="manifest">The bytes of a deps.json.</param>
    /// <param name="path">Its path, for errors.</param>
    /// <param name="libraries">Assemblies that lie beside the program.</param>
    /// <exception cref="ToolException">The manifest cannot be read.</exception>
    public static byte[] With(byte[] manifest, string path, IReadOnlyList<string> libraries)
    {
        try
        {
            JsonNode root = JsonNode.Parse(manifest, documentOptions: Lenient)!;
            JsonObject target = Target(root);
            List<string> missing = libraries.Where(library => !Holds(target, Path.GetFileName(library))).ToList();
            if (missing.Count == 0)
                return manifest;
            foreach (string library in missing)
                Add(root["libraries"]!.AsObject(), target, library);
            return [.. JsonSerializer.SerializeToUtf8Bytes(root, Indented)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException
            or KeyNotFoundException)
        {
            throw new ToolException(Codes.UnreadableConfiguration.About(path, exception.Message));
        }
    }

    private static JsonObject Target(JsonNode root)
    {
        string name = root["runtimeTarget"]?["name"]?.GetValue<string>() ?? throw new JsonException("it has no runtimeTarget");
        return root["targets"]?[name]?.AsObject() ?? throw new JsonException($"it has no target {name}");
    }

    private static bool Holds(JsonObject target, string fileName) =>
        target.Select(library => library.Value?["runtime"]).OfType<JsonObject>().SelectMany(assets => assets)
        .Any(asset => Path.GetFileName(asset.Key) == fileName);

    private static void Add(JsonObject libraries, JsonObject target, string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string assemblyVersion = AssemblyName.GetAssemblyName(path).Version!.ToString();
        string? fileVersion = FileVersionInfo.GetVersionInfo(path).FileVersion;

        string key = $"{name}/{assemblyVersion}";
        target[key] = new JsonObject
        {
            ["runtime"] = new JsonObject
                { [Path.GetFileName(path)] = new JsonObject { ["assemblyVersion"] = assemblyVersion, ["fileVersion"] = fileVersion } },
        };
        libraries[key] = new JsonObject { ["type"] = "reference", ["serviceable"] = false, ["sha512"] = "" };
    }
}
