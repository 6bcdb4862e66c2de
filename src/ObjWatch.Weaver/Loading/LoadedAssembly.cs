using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Loading;

/// <summary>An assembly in memory, with its symbols as far as there are any. The files it came from are closed.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    public LoadedAssembly(string path, ModuleDefinition module, SymbolStorage symbols, IReadOnlyList<Document> documents)
    {
        Path = path;
        Module = module;
        Symbols = symbols;
        Documents = documents;
    }

    /// <summary>The file it was read from.</summary>
    public string Path { get; }

    /// <summary>What was read.</summary>
    public ModuleDefinition Module { get; }

    /// <summary>Where its symbols are.</summary>
    public SymbolStorage Symbols { get; }

    /// <summary>The source files that its symbols name, in their order.</summary>
    public IReadOnlyList<Document> Documents { get; }

    public void Dispose() => Module.Dispose();
}
