using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace ObjWatch.JitAll;

/// <summary>Finds what the assembly refers to: the framework first, as the host does, then deps.json, then the directories.</summary>
internal sealed class IsolatedContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _dependencies;
    private readonly IReadOnlyList<string> _directories;

    public IsolatedContext(string path, IReadOnlyList<string> directories)
        : base("compiled only")
    {
        _dependencies = new AssemblyDependencyResolver(path);
        _directories = [Path.GetDirectoryName(path)!, .. directories];
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(assemblyName);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException)
        {
            string? path = _dependencies.ResolveAssemblyToPath(assemblyName)
                ?? _directories.Select(directory => Path.Combine(directory, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists);
            return path is null ? null : LoadFromAssemblyPath(path);
        }
    }
}
