using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using ObjWatch.Tool.Programs;

namespace ObjWatch.Tool.Packing;

/// <summary>
/// What a package made of a project says it depends on. NuGet takes that from project.assets.json, that is, from what the project
/// references: the package ObjWatch, which is for its build alone. Here it becomes ObjWatch.Runtime where the packed assemblies refer to
/// it, and nothing where not.
/// </summary>
internal sealed class PackedDependencies
{
    private const string Package = "ObjWatch";
    private const string Runtime = "ObjWatch.Runtime";

    private readonly JsonObject _assets;
    private readonly HashSet<string> _using;

    private PackedDependencies(JsonObject assets, IEnumerable<PackedAssembly> assemblies)
    {
        _assets = assets;
        _using = assemblies.Where(assembly => AssemblyReferences.Of(assembly.Path).Any(reference => reference.Name == Runtime))
            .Select(assembly => assembly.Framework)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Rewrites a project.assets.json for the assemblies that are packed.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static string Rewrite(string assets, IEnumerable<PackedAssembly> assemblies)
    {
        if (JsonNode.Parse(assets) is not JsonObject root || root["project"]?["frameworks"] is not JsonObject frameworks)
            throw new JsonException("it describes no project");
        var packed = new PackedDependencies(root, assemblies);
        HashSet<string> before = packed.Reachable();
        foreach ((string name, JsonNode? framework) in frameworks)
            packed.Change(name, framework!.AsObject());
        packed.RemovePinned(before);
        return root.ToJsonString();
    }

    private void Change(string name, JsonObject framework)
    {
        if (framework["dependencies"] is not JsonObject dependencies)
            return;
        Remove(dependencies, Package);
        // Who names the runtime library himself also says whether the package depends on it.
        if (dependencies.Any(dependency => Same(dependency.Key, Runtime)) || RestoredVersion() is not { } version)
            return;
        if (_using.Contains(framework["targetAlias"]?.GetValue<string>() ?? name))
            dependencies[Runtime] = new JsonObject { ["target"] = "Package", ["version"] = $"[{version}, )" };
    }

    private string? RestoredVersion() =>
        Names(_assets["libraries"]).Select(library => library.Split('/')).FirstOrDefault(library => Same(library[0], Runtime))?[1];

    /// <summary>With central transitive pinning everything in the graph that has a central version is a dependency of the
    /// package.</summary>
    private void RemovePinned(HashSet<string> before)
    {
        HashSet<string> after = Reachable();
        foreach ((_, JsonNode? group) in _assets["centralTransitiveDependencyGroups"] as JsonObject ?? [])
        {
            foreach (string name in group!.AsObject().Select(pinned => pinned.Key).ToList())
            {
                // The runtime library has been added above, if it is needed.
                if (Same(name, Runtime) || (before.Contains(name) && !after.Contains(name)))
                    group.AsObject().Remove(name);
            }
        }
    }

    /// <summary>Everything that the project's own references bring, in whatever framework.</summary>
    private HashSet<string> Reachable()
    {
        ILookup<string, string> edges = Objects(_assets["targets"]).SelectMany(target => target)
            .SelectMany(
                library => Names(library.Value?["dependencies"]),
                (library, dependency) => (From: library.Key.Split('/')[0], To: dependency))
            .ToLookup(edge => edge.From, edge => edge.To, StringComparer.OrdinalIgnoreCase);
        var waiting = new Queue<string>(Objects(_assets["project"]?["frameworks"]).SelectMany(framework => Names(framework["dependencies"]))
            .Concat(Objects(_assets["project"]?["restore"]?["frameworks"]).SelectMany(framework => Names(framework["projectReferences"]))
                .Select(path => Path.GetFileNameWithoutExtension(path))));
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (waiting.TryDequeue(out string? name))
        {
            if (!reached.Add(name))
                continue;
            foreach (string next in edges[name])
                waiting.Enqueue(next);
        }

        return reached;
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        (node as JsonObject ?? []).Select(member => member.Value).OfType<JsonObject>();

    private static IEnumerable<string> Names(JsonNode? node) => (node as JsonObject ?? []).Select(member => member.Key);

    private static void Remove(JsonObject members, string name)
    {
        foreach (string key in members.Select(member => member.Key).Where(key => Same(key, name)).ToList())
            members.Remove(key);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
