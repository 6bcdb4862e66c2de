using System;
using Mono.Cecil;

namespace ObjWatch.Weaver.Loading;

/// <summary>An assembly in memory, with its symbols as far as there are any. The files it came from are closed.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    public LoadedAssembly(string path, ModuleDefinition module, SymbolStorage symbols)
    {
        Path = path;
        Module = module;
        Symbols = symbols;
    }

    /// <summary>The file it was read from.</summary>
    public string Path { get; }

    /// <summary>What was read.</summary>
    public ModuleDefinition Module { get; }

    /// <summary>Where its symbols are.</summary>
    public SymbolStorage Symbols { get; }

    public void Dispose() => Module.Dispose();
}
