using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Loading;

/// <summary>Finds and reads the symbols of an assembly. Without any it is woven all the same, only without lines: every failure is a
/// warning.</summary>
internal sealed class SymbolLoader
{
    private static readonly (SymbolStorage Storage, IReadOnlyList<Document> Documents) Nothing = (SymbolStorage.None, []);

    private readonly DiagnosticSink _sink;

    public SymbolLoader(DiagnosticSink sink) => _sink = sink;

    /// <summary>Reads the symbols embedded in the assembly or, failing that, those in the PDB beside it.</summary>
    /// <returns>Where they are, and the source files that they name.</returns>
    public (SymbolStorage Storage, IReadOnlyList<Document> Documents) Load(ModuleDefinition module, string assemblyPath)
    {
        bool embedded = module.HasDebugHeader
            && module.GetDebugHeader().Entries.Any(entry => entry.Directory.Type == ImageDebugType.EmbeddedPortablePdb);
        return embedded ? LoadEmbedded(module, assemblyPath) : LoadBeside(module, assemblyPath);
    }

    private (SymbolStorage Storage, IReadOnlyList<Document> Documents) LoadEmbedded(ModuleDefinition module, string assemblyPath)
    {
        IReadOnlyList<Document>? documents = TryRead(module, assemblyPath, assemblyPath,
            () => new EmbeddedPortablePdbReaderProvider().GetSymbolReader(module, assemblyPath),
            () => SymbolDocuments.ReadEmbedded(module));
        return documents is null ? Nothing : (SymbolStorage.Embedded, documents);
    }

    private (SymbolStorage Storage, IReadOnlyList<Document> Documents) LoadBeside(ModuleDefinition module, string assemblyPath)
    {
        string path = Path.ChangeExtension(assemblyPath, ".pdb");
        if (!File.Exists(path))
        {
            _sink.Add(Codes.NoSymbols.About(assemblyPath, path));
            return Nothing;
        }

        byte[] symbols;
        try
        {
            symbols = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _sink.Add(Codes.CorruptSymbols.About(assemblyPath, path, exception.Message));
            return Nothing;
        }

        if (StartsWith(symbols, "Microsoft C/C++ MSF"))
        {
            _sink.Add(Codes.WindowsSymbols.About(assemblyPath, path));
            return Nothing;
        }

        if (!StartsWith(symbols, "BSJB"))
        {
            _sink.Add(Codes.CorruptSymbols.About(assemblyPath, path, "it is not a portable PDB"));
            return Nothing;
        }

        IReadOnlyList<Document>? documents = TryRead(module, assemblyPath, path,
            () => new PortablePdbReaderProvider().GetSymbolReader(module, new MemoryStream(symbols, writable: false)),
            () => SymbolDocuments.Read(symbols));
        return documents is null ? Nothing : (SymbolStorage.Beside, documents);
    }

    private IReadOnlyList<Document>? TryRead(
        ModuleDefinition module, string assemblyPath, string symbolsPath, Func<ISymbolReader> open, Func<IReadOnlyList<Document>> documents)
    {
        try
        {
            IReadOnlyList<Document> read = documents();
            module.ReadSymbols(open(), throwIfSymbolsAreNotMaching: true);
            return read;
        }
        catch (SymbolsNotMatchingException)
        {
            _sink.Add(Codes.SymbolsOfAnotherBuild.About(assemblyPath, symbolsPath));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _sink.Add(Codes.CorruptSymbols.About(assemblyPath, symbolsPath, exception.Message));
        }

        return null;
    }

    private static bool StartsWith(byte[] bytes, string signature)
    {
        for (int i = 0; i < signature.Length; i++)
        {
            if (i == bytes.Length || bytes[i] != signature[i])
                return false;
        }

        return true;
    }
}
