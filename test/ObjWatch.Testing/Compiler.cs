using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ObjWatch.Testing;

/// <summary>Compiles C# source to an assembly with symbols, as a build would, against the reference assemblies of the running
/// framework.</summary>
public static class Compiler
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> FrameworkReferences = new(
        () => Framework.ReferenceAssemblies().Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToList());

    /// <summary>Compiles one source text to <c>name.dll</c> and <c>name.pdb</c>: a program if it has an entry point, else a
    /// library.</summary>
    /// <param name="name">The assembly's simple name.</param>
    /// <param name="source">The source, written to <c>name.cs</c>.</param>
    /// <param name="optimize">Release instead of Debug.</param>
    /// <param name="directory">Where everything goes; created when missing.</param>
    /// <param name="references">Assemblies to compile against besides the framework; copied into <paramref name="directory"/>.</param>
    /// <exception cref="InvalidOperationException">The source does not compile; the message lists the errors.</exception>
    public static CompiledProgram Compile(string name, string source, bool optimize, string directory, params string[] references) =>
        Compile(new CompileRequest
        {
            Name = name,
            Sources = new Dictionary<string, string> { [name + ".cs"] = source },
            Optimize = optimize,
            Directory = directory,
            References = references,
        });

    /// <summary>Compiles a program.</summary>
    /// <exception cref="InvalidOperationException">The source does not compile; the message lists the errors.</exception>
    public static CompiledProgram Compile(CompileRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Directory.CreateDirectory(request.Directory);
        List<SyntaxTree> trees = request.Sources.Select(source => Parse(request, source.Key, source.Value)).ToList();
        bool isProgram = trees.Any(HasEntryPoint);
        CSharpCompilation compilation = CSharpCompilation.Create(
            request.Name, trees,
            [.. ReferencesToFramework(request), .. request.References.Select(path => MetadataReference.CreateFromFile(path))],
            Options(request, isProgram));

        string assemblyPath = Path.Combine(request.Directory, request.Name + ".dll");
        string? symbolsPath = request.Symbols == SymbolForm.Portable ? Path.ChangeExtension(assemblyPath, ".pdb") : null;
        Emit(compilation, request, assemblyPath, symbolsPath);
        foreach (string reference in request.References)
            CopyBeside(reference, request.Directory);
        if (isProgram && request.FrameworkReferences is null)
            Framework.WriteRuntimeConfig(assemblyPath);
        return new CompiledProgram(request.Name, request.Directory, assemblyPath, symbolsPath, trees[0].FilePath);
    }

    private static IEnumerable<MetadataReference> ReferencesToFramework(CompileRequest request) =>
        request.FrameworkReferences?.Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)) ?? FrameworkReferences.Value;

    private static SyntaxTree Parse(CompileRequest request, string fileName, string text)
    {
        string path = Path.GetFullPath(Path.Combine(request.Directory, fileName));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        SourceText source = SourceText.From(text, new UTF8Encoding(false), SourceHashAlgorithm.Sha256);
        var options =
            new CSharpParseOptions(request.Language, preprocessorSymbols: request.Optimize ? ["TRACE", "RELEASE"] : ["TRACE", "DEBUG"]);
        if (request.RuntimeAsync)
            options = options.WithFeatures([new("runtime-async", "on")]);
        return CSharpSyntaxTree.ParseText(source, options, path);
    }

    private static bool HasEntryPoint(SyntaxTree tree)
    {
        IEnumerable<SyntaxNode> nodes = tree.GetRoot().DescendantNodes();
        return nodes.Any(node => node is GlobalStatementSyntax or MethodDeclarationSyntax { Identifier.Text: "Main" });
    }

    private static CSharpCompilationOptions Options(CompileRequest request, bool isProgram) =>
        new(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: request.Optimize ? OptimizationLevel.Release : OptimizationLevel.Debug,
            allowUnsafe: request.AllowUnsafe,
            deterministic: true,
            nullableContextOptions: request.Language < LanguageVersion.CSharp8
            ? NullableContextOptions.Disable : NullableContextOptions.Enable,
            cryptoKeyFile: request.KeyPath,
            delaySign: request.DelaySign ? true : null,
            strongNameProvider: request.KeyPath is null ? null : new DesktopStrongNameProvider());

    private static void Emit(CSharpCompilation compilation, CompileRequest request, string assemblyPath, string? symbolsPath)
    {
        var options = new EmitOptions(
            debugInformationFormat: request.Symbols == SymbolForm.Embedded
            ? DebugInformationFormat.Embedded : DebugInformationFormat.PortablePdb,
            pdbFilePath: Path.GetFileName(symbolsPath));
        using FileStream assembly = File.Create(assemblyPath);
        using FileStream? symbols = symbolsPath is null ? null : File.Create(symbolsPath);
        EmitResult result = compilation.Emit(assembly, symbols, options: options);
        if (result.Success)
            return;
        IEnumerable<Diagnostic> errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }

    private static void CopyBeside(string path, string directory)
    {
        string target = Path.Combine(directory, Path.GetFileName(path));
        if (!string.Equals(Path.GetFullPath(target), Path.GetFullPath(path), StringComparison.Ordinal))
            File.Copy(path, target, overwrite: true);
    }
}
