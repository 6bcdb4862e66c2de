using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Resolves assemblies from the list of references that the request gives and from nowhere else: whatever framework the weaver itself runs
/// on is no part of the program it weaves. What is not there is noted and answered with <see langword="null"/>, so Cecil throws as little
/// as possible.
/// </summary>
internal sealed class ReferenceResolver : IAssemblyResolver
{
    private readonly Dictionary<string, List<string>> _pathsByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AssemblyDefinition?> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _assemblyPath;
    private readonly DiagnosticSink _sink;
    private readonly ForwarderResolver _types;

    /// <summary>Makes a resolver.</summary>
    /// <param name="assemblyPath">The assembly to weave.</param>
    /// <param name="references">Paths of assemblies.</param>
    /// <param name="sink">Takes what is wrong with those that are there.</param>
    public ReferenceResolver(string assemblyPath, IEnumerable<string> references, DiagnosticSink sink)
    {
        Missing = new MissingReferences(assemblyPath);
        _assemblyPath = assemblyPath;
        _sink = sink;
        _types = new ForwarderResolver(this, type => _sink.Add(Codes.CircularForwarder.About(_assemblyPath, type)));
        foreach (string path in references)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (!_pathsByName.TryGetValue(name, out List<string>? paths))
                _pathsByName.Add(name, paths = new List<string>());
            paths.Add(path);
        }
    }

    /// <summary>What is not among the references.</summary>
    public MissingReferences Missing { get; }

    /// <summary>How modules are read that are to resolve through this.</summary>
    public ReaderParameters ReaderParameters() => new(ReadingMode.Deferred)
    {
        AssemblyResolver = this,
        MetadataResolver = _types,
        MetadataImporterProvider = new OwnCoreLibraryImporter.Provider(),
    };

    /// <summary>Makes an assembly known that has been read already.</summary>
    public void Add(AssemblyDefinition assembly) => _loaded[assembly.Name.Name] = assembly;

    /// <summary>Finds an assembly that the file <paramref name="referrer"/> refers to.</summary>
    public AssemblyDefinition? Resolve(AssemblyNameReference name, string referrer)
    {
        if (!_loaded.TryGetValue(name.Name, out AssemblyDefinition? assembly))
            _loaded.Add(name.Name, assembly = Load(name));
        if (assembly is null && !_found.Contains(name.Name))
            Missing.Add(name.FullName, referrer);
        return assembly;
    }

    public AssemblyDefinition? Resolve(AssemblyNameReference name) => Resolve(name, Path.GetFileName(_assemblyPath));

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        foreach (AssemblyDefinition? assembly in _loaded.Values)
            assembly?.Dispose();
        _loaded.Clear();
    }

    private AssemblyDefinition? Load(AssemblyNameReference name)
    {
        List<string> paths = _pathsByName.TryGetValue(name.Name, out List<string>? known) ? known.Where(File.Exists).ToList() : [];
        if (paths.Count > 0)
            _found.Add(name.Name); // if there is nothing to be had from them, that has been said
        return paths.Select(Read).Aggregate((AssemblyDefinition?)null, Better);
    }

    private static AssemblyDefinition? Better(AssemblyDefinition? best, AssemblyDefinition? candidate)
    {
        if (best is null || candidate is null)
            return best ?? candidate;
        bool newer = candidate.Name.Version > best.Name.Version;
        (newer ? best : candidate).Dispose();
        return newer ? candidate : best;
    }

    private AssemblyDefinition? Read(string path)
    {
        try
        {
            return AssemblyDefinition.ReadAssembly(new MemoryStream(File.ReadAllBytes(path), writable: false), ReaderParameters());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _sink.Add(Codes.UnreadableReference.About(path, exception.Message));
            return null;
        }
    }
}
