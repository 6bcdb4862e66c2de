using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Drivers.CodeAnalysis;

/// <summary>Parses, binds and compiles: tokens, diagnostics, symbols, operations, and the bytes of assembly and symbols.</summary>
internal static class Compiling
{
    private static readonly MetadataReference[] _references =
    [
        .. new[] { "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Linq.dll", "System.Collections.dll", "System.Console.dll" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name))),
    ];

    public static void Run(string source, TextWriter output)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), "Source.cs", System.Text.Encoding.UTF8);
        output.WriteLine(string.Join(" ", tree.GetRoot().DescendantTokens().Take(400).Select(token => token.Kind())));
        foreach (OptimizationLevel level in (OptimizationLevel[])[OptimizationLevel.Debug, OptimizationLevel.Release])
        {
            CSharpCompilation compilation = CSharpCompilation.Create("Made", [tree], _references, new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, deterministic: true, concurrentBuild: false, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            EmitResult result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
            foreach (Diagnostic diagnostic in result.Diagnostics.OrderBy(diagnostic => diagnostic.ToString(), StringComparer.Ordinal))
                output.WriteLine(diagnostic);
            output.WriteLine($"{level} {result.Success} {Convert.ToHexString(SHA256.HashData(assembly.ToArray()))} {Convert.ToHexString(SHA256.HashData(symbols.ToArray()))}");
            if (level == OptimizationLevel.Debug)
                Symbols(compilation, tree, output);
        }
    }

    private static void Symbols(CSharpCompilation compilation, SyntaxTree tree, TextWriter output)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        foreach (ExpressionSyntax expression in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Take(150))
        {
            TypeInfo type = model.GetTypeInfo(expression);
            output.WriteLine($"{expression.Kind()} {type.Type?.ToDisplayString()} {type.ConvertedType?.ToDisplayString()} {model.GetSymbolInfo(expression).Symbol?.ToDisplayString()} {model.GetConstantValue(expression)} {model.GetOperation(expression)?.Kind}");
        }

        foreach (ISymbol symbol in compilation.GetSymbolsWithName(_ => true, SymbolFilter.TypeAndMember).OrderBy(symbol => symbol.ToDisplayString(), StringComparer.Ordinal))
            output.WriteLine($"{symbol.Kind} {symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)} {symbol.ToMinimalDisplayString(model, 0)} {symbol.GetDocumentationCommentId()} {symbol.DeclaredAccessibility}");
        foreach (BaseMethodDeclarationSyntax method in tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>().Where(method => method.Body is not null))
        {
            DataFlowAnalysis? flow = model.AnalyzeDataFlow(method.Body!);
            output.WriteLine(flow is { Succeeded: true } ? $"{Names(flow.VariablesDeclared)} {Names(flow.Captured)} {Names(flow.WrittenInside)}" : "no flow");
        }
    }

    private static string Names(IEnumerable<ISymbol> symbols) => string.Join(",", symbols.Select(symbol => symbol.Name).Order(StringComparer.Ordinal));
}
