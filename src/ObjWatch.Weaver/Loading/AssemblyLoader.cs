using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Reads an assembly into memory at once, so that its file is never locked, and gives every way in which that can fail its own sentence.
/// </summary>
internal sealed class AssemblyLoader
{
    private const string ReferenceAssemblyAttribute = "System.Runtime.CompilerServices.ReferenceAssemblyAttribute";

    private readonly ReferenceResolver _resolver;
    private readonly DiagnosticSink _sink;

    public AssemblyLoader(ReferenceResolver resolver, DiagnosticSink sink)
    {
        _resolver = resolver;
        _sink = sink;
    }

    /// <summary>Reads the assembly to weave, with its symbols; <see langword="null"/> after an error.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="ifWoven">Gets what is to be said of symbols and signature, which matters only if the assembly is woven.</param>
    /// <param name="repaired">What to read instead of the file.</param>
    public LoadedAssembly? Load(string path, DiagnosticSink ifWoven, byte[]? repaired = null)
    {
        ModuleDefinition? module = ReadImage(path, repaired, ifWoven);
        if (module is null)
            return null;
        if (Refusal(module) is { } refusal)
        {
            _sink.Add(refusal.About(path));
            module.Dispose();
            return null;
        }

        (SymbolStorage symbols, IReadOnlyList<Document> documents) = new SymbolLoader(ifWoven).Load(module, path);
        return new LoadedAssembly(path, module, symbols, documents);
    }

    /// <summary>Reads ObjWatch.Runtime.dll; <see langword="null"/> after an error.</summary>
    public ModuleDefinition? LoadRuntime(string path)
    {
        if (!File.Exists(path))
        {
            _sink.Add(Codes.RuntimeNotFound.About(path));
            return null;
        }

        ModuleDefinition? module = ReadImage(path);
        if (module is null)
            return null;
        if (RuntimeContract.Obstacle(module) is not { } obstacle)
            return module;
        _sink.Add(Codes.NotTheRuntime.About(path, obstacle));
        module.Dispose();
        return null;
    }

    private ModuleDefinition? ReadImage(string path, byte[]? repaired = null, DiagnosticSink? ifWoven = null)
    {
        byte[]? image = repaired ?? ReadFile(path);
        if (image is null)
            return null;
        DiagnosticDescriptor? refusal = ImageInspector.Inspect(image) switch
        {
            ImageKind.NotPortableExecutable => Codes.NotPortableExecutable,
            ImageKind.Native => Codes.NativeImage,
            ImageKind.ReadyToRun => Codes.ReadyToRunImage,
            ImageKind.MixedMode => Codes.MixedModeImage,
            ImageKind.Truncated => Codes.CorruptImage,
            _ => null,
        };
        if (refusal is not null)
        {
            _sink.Add(refusal.About(path, "its headers point behind its end"));
            return null;
        }

        if (ImageInspector.HasCertificate(image))
            ifWoven?.Add(Codes.CertificateLost.About(path));
        try
        {
            return ModuleDefinition.ReadModule(new MemoryStream(image, writable: false), _resolver.ReaderParameters());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the reader stumbles over in a damaged file: the file is what is wrong.
            _sink.Add(Codes.CorruptImage.About(path, exception.Message));
            return null;
        }
    }

    private byte[]? ReadFile(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length > 0)
                return bytes;
            _sink.Add(Codes.FileEmpty.About(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            _sink.Add(Codes.FileNotFound.About(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            string reason = Directory.Exists(path) ? "it is a directory" : exception.Message;
            _sink.Add(Codes.FileUnreadable.About(path, reason));
        }

        return null;
    }

    private static DiagnosticDescriptor? Refusal(ModuleDefinition module)
    {
        if (module.Assembly is null)
            return Codes.NotAnAssembly;
        if (module.Assembly.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == ReferenceAssemblyAttribute))
            return Codes.ReferenceAssembly;
        return IsOwn(module.Assembly.Name.Name) ? Codes.OwnAssembly : null;
    }

    // By name: the samples and tests of ObjWatch begin with the same word and may well be traced.
    private static bool IsOwn(string name) =>
        name is "ObjWatch.Runtime" or "ObjWatch.Trace" or "ObjWatch.Weaver" or "ObjWatch.MSBuild" or "ObjWatch.TorchSharp" or "objwatch"
            or "objwatch-weave";
}
