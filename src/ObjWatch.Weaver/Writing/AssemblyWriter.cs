using System;
using System.IO;
using Mono.Cecil;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Writing;

/// <summary>
/// Writes the woven assembly and its symbols: the same bytes for the same input and options, and either all of it or nothing.
/// </summary>
internal sealed class AssemblyWriter
{
    private readonly MissingReferences _missing;
    private readonly DiagnosticSink _sink;

    /// <summary>Prepares to write.</summary>
    /// <param name="missing">What could not be resolved.</param>
    /// <param name="sink">Takes why nothing could be written.</param>
    public AssemblyWriter(MissingReferences missing, DiagnosticSink sink)
    {
        _missing = missing;
        _sink = sink;
    }

    /// <summary>Writes the assembly; says in the sink why it could not.</summary>
    public void Write(LoadedAssembly assembly, WeaveRequest request)
    {
        byte[]? key = new StrongName(_sink).KeyFor(assembly.Module, request);
        if (_sink.HasErrors)
            return;
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        if (Serialize(assembly, key, image, symbols))
            Save(assembly, request.OutputPath ?? assembly.Path, image, symbols);
    }

    private bool Serialize(LoadedAssembly assembly, byte[]? key, MemoryStream image, MemoryStream symbols)
    {
        var parameters = new WriterParameters { DeterministicMvid = true, StrongNameKeyBlob = key };
        if (assembly.Symbols != SymbolStorage.None)
        {
            parameters.WriteSymbols = true;
            parameters.SymbolWriterProvider = new SymbolWriterProvider(assembly);
            parameters.SymbolStream = symbols;
        }

        try
        {
            assembly.Module.Write(image, parameters);
        }
        catch (ResolutionException exception)
        {
            // The constants of an enum are written in its underlying type, which only its own assembly tells.
            string scope = (exception.Scope as AssemblyNameReference)?.FullName ?? exception.Member.FullName;
            _sink.Add(Codes.MissingReference.About(assembly.Path, scope, assembly.Module.Name));
        }

        _missing.ConcernAssembly(_sink);
        return !_sink.HasErrors;
    }

    private void Save(LoadedAssembly assembly, string target, MemoryStream image, MemoryStream symbols)
    {
        try
        {
            target = Path.GetFullPath(target);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var transaction = new FileTransaction();

            // Symbols first: whoever loads the new assembly finds the new symbols.
            if (assembly.Symbols == SymbolStorage.Beside)
                transaction.Stage(Path.ChangeExtension(target, ".pdb"), Path.ChangeExtension(assembly.Path, ".pdb"), symbols);
            transaction.Stage(target, assembly.Path, image);
            transaction.Commit();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _sink.Add(Codes.CannotWrite.About(target, exception.Message));
        }
    }
}
