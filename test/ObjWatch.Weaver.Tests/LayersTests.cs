using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests;

/// <summary>The folders of a project are its layers: none needs one that needs it.</summary>
[TestFixture]
public sealed class LayersTests
{
    [TestCase("ObjWatch.Runtime")]
    [TestCase("ObjWatch.Trace")]
    [TestCase("ObjWatch.Weaver")]
    public void No_folder_needs_one_that_needs_it(string project)
    {
        HashSet<Arrow> arrows = Arrows(project);
        Assert.That(arrows, Is.Not.Empty);
        Assert.That(Cycles(arrows), Is.Empty, "each line: the arrow between folders that closes a circle, and a type that draws it");
    }

    [Test]
    public void A_circle_is_found_and_named()
    {
        Arrow[] arrows =
        [
            new("A", "B", "First.cs uses Second"), new("B", "C", "Second.cs uses Third"), new("C", "A", "Third.cs uses First"),
            new("C", "D", "Third.cs uses Fourth"),
        ];
        Assert.That(Cycles(arrows),
            Is.EqualTo(new[] { "A -> B (First.cs uses Second)", "B -> C (Second.cs uses Third)", "C -> A (Third.cs uses First)" }));
    }

    /// <summary>The arrows that lie on a circle.</summary>
    private static string[] Cycles(IReadOnlyCollection<Arrow> arrows)
    {
        ILookup<string, string> next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        return [.. arrows.Where(arrow => Reaches(arrow.To, arrow.From)).Select(arrow => $"{arrow.From} -> {arrow.To} ({arrow.Example})")
            .Order(StringComparer.Ordinal)];

        bool Reaches(string from, string to)
        {
            var seen = new HashSet<string> { from };
            var open = new Stack<string>(seen);
            while (open.TryPop(out string? folder))
            {
                if (folder == to)
                    return true;
                foreach (string further in next[folder].Where(seen.Add))
                    open.Push(further);
            }

            return false;
        }
    }

    /// <summary>Which folder's types use those of which other folder: what the compiler binds, and not what looks alike.</summary>
    private static HashSet<Arrow> Arrows(string project)
    {
        string root = Repository.PathOf("src", project);
        var options = new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["NET", "NET8_0_OR_GREATER"]);
        SyntaxTree[] trees = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(path => FolderOf(root, path) is not ("obj" or "bin"))
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path))];
        IEnumerable<string> libraries = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => Path.GetFileNameWithoutExtension(path) != project && IsManaged(path));
        CSharpCompilation compilation = CSharpCompilation.Create(
            project,
            trees,
            [.. Framework.ReferenceAssemblies().Concat(libraries).DistinctBy(Path.GetFileName)
                .Select(path => MetadataReference.CreateFromFile(path))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var arrows = new Dictionary<(string From, string To), Arrow>();
        foreach (SyntaxTree tree in trees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            string from = FolderOf(root, tree.FilePath);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (model.GetSymbolInfo(name).Symbol is { } symbol
                    && (symbol as INamedTypeSymbol ?? symbol.ContainingType)?.OriginalDefinition is { } type)
                {
                    IEnumerable<string> folders = type.DeclaringSyntaxReferences.Select(of => FolderOf(root, of.SyntaxTree.FilePath));
                    foreach (string to in folders.Where(to => to != from))
                        arrows.TryAdd((from, to), new Arrow(from, to, $"{Path.GetFileName(tree.FilePath)} uses {type.Name}"));
                }
            }
        }

        return [.. arrows.Values];
    }

    private static bool IsManaged(string path)
    {
        try
        {
            System.Reflection.AssemblyName.GetAssemblyName(path);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    /// <summary>The first folder below a project's; for what lies in the project's own, that: what is offered to others.</summary>
    private static string FolderOf(string root, string path)
    {
        string relative = Path.GetRelativePath(root, path);
        int end = relative.IndexOf(Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return end < 0 ? "(the project itself)" : relative[..end];
    }

    private sealed record Arrow(string From, string To, string Example);
}
