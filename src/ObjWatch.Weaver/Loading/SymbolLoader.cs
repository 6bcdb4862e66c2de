using System;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Loading;

/// <summary>Finds and reads the symbols of an assembly. Without any it is woven all the same, only without lines: every failure is a warning.</summary>
internal sealed class SymbolLoader
{
    private readonly DiagnosticSink _sink;

    public SymbolLoader(DiagnosticSink sink) => _sink = sink;

    /// <summary>Reads the symbols embedded in the assembly or, failing that, those in the PDB beside it.</summary>
    public SymbolStorage Load(ModuleDefinition module, string assemblyPath)
    {
        bool embedded = module.HasDebugHeader
            && module.GetDebugHeader().Entries.Any(entry => entry.Directory.Type == ImageDebugType.EmbeddedPortablePdb);
        return embedded ? LoadEmbedded(module, assemblyPath) : LoadBeside(module, assemblyPath);
    }

    private SymbolStorage LoadEmbedded(ModuleDefinition module, string assemblyPath)
    {
        bool read = TryRead(module, assemblyPath, assemblyPath, () => new EmbeddedPortablePdbReaderProvider().GetSymbolReader(module, assemblyPath));
        return read ? SymbolStorage.Embedded : SymbolStorage.None;
    }

    private SymbolStorage LoadBeside(ModuleDefinition module, string assemblyPath)
    {
        string path = Path.ChangeExtension(assemblyPath, ".pdb");
        if (!File.Exists(path))
        {
            _sink.Add(Codes.NoSymbols.About(assemblyPath, path));
            return SymbolStorage.None;
        }

        byte[] symbols;
        try
        {
            symbols = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _sink.Add(Codes.CorruptSymbols.About(assemblyPath, path, exception.Message));
            return SymbolStorage.None;
        }

        if (StartsWith(symbols, "Microsoft C/C++ MSF"))
        {
            _sink.Add(Codes.WindowsSymbols.About(assemblyPath, path));
            return SymbolStorage.None;
        }

        if (!StartsWith(symbols, "BSJB"))
        {
            _sink.Add(Codes.CorruptSymbols.About(assemblyPath, path, "it is not a portable PDB"));
            return SymbolStorage.None;
        }

        bool read = TryRead(module, assemblyPath, path, () => new PortablePdbReaderProvider().GetSymbolReader(module, new MemoryStream(symbols, writable: false)));
        return read ? SymbolStorage.Beside : SymbolStorage.None;
    }

    private bool TryRead(ModuleDefinition module, string assemblyPath, string symbolsPath, Func<ISymbolReader> open)
    {
        try
        {
            module.ReadSymbols(open(), throwIfSymbolsAreNotMaching: true);
            return true;
        }
        catch (SymbolsNotMatchingException)
        {
            _sink.Add(Codes.SymbolsOfAnotherBuild.About(assemblyPath, symbolsPath));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _sink.Add(Codes.CorruptSymbols.About(assemblyPath, symbolsPath, exception.Message));
        }

        return false;
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
