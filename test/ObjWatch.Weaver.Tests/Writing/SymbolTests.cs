using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Writing;

/// <summary>A woven assembly's symbols say what the compiler's said: every line, every local with its name, where the sources are, and the
/// sources themselves.</summary>
public sealed class SymbolTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        public class Shop
        {
            private int _sold;
            public int Sell(int[] prices)
            {
                int sum = 0;
                foreach (int price in prices)
                {
                    int discount = price > 10 ? 1 : 0;
                    const string Unit = "euro";
                    Func<int> less = () => price - discount;
                    sum += less() + Unit.Length;
                }
                _sold += sum;
                try
                {
                    int left = 100 / sum;
                    return left;
                }
                catch (DivideByZeroException error)
                {
                    string text = error.Message;
                    return text.Length;
                }
            }
            public IEnumerable<int> Steps() { for (int i = 0; i < 3; i++) { int twice = 2 * i; yield return twice; } }
            public async Task<int> LaterAsync(int x) { int before = x; await Task.Yield(); int after = before + 1; return _sold = after; }
        }
        """;

    private const string SourceLink = """{"documents":{"/src/*":"https://example.org/raw/*"}}""";
    private static readonly Guid _sourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid _embeddedSourceKind = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    /// <summary>That there are no symbols is of no concern where nothing is woven.</summary>
    [Test]
    public void Missing_symbols_are_told_once()
    {
        CompiledProgram program = Testing.Compiler.Compile("Plain", "class C { int _n; void Set() => _n = 1; }", optimize: true, Folder);
        File.Delete(program.SymbolsPath!);

        Assert.That(CodesOf(Weave(program.AssemblyPath)), Is.EqualTo(new[] { "OBJW0020" }));
        Assert.That(CodesOf(Weave(program.AssemblyPath)), Is.EqualTo(new[] { "OBJW0012" }));
        Assert.That(CodesOf(new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { Locals = true })),
            Is.EqualTo(new[] { "OBJW0013" }));
    }

    [Test]
    public void Lines_locals_and_sources_are_all_there([Values] bool optimize)
    {
        string assembly = Compile(optimize);
        Symbols before = Read(assembly);

        Assert.That(Weave(assembly).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        Symbols after = Read(assembly);
        Assert.That(before.Lines, Has.Count.GreaterThan(12));
        Assert.That(before.Lines.Except(after.Lines), Is.Empty);
        Assert.That(before.Locals, Is.Not.Empty);
        Assert.That(before.Locals.Except(after.Locals), Is.Empty);
        Assert.That(after.SourceLink, Is.EqualTo(before.SourceLink).And.EqualTo(SourceLink));
        Assert.That(before.Embedded, Is.Not.Empty);
        Assert.That(after.Embedded, Is.EqualTo(before.Embedded));
        Assert.That(after.Checksum, Is.EqualTo(before.Checksum));
    }

    /// <summary>Coverage tools and profilers ask for the line of a method's first instruction.</summary>
    [Test]
    public void The_first_instruction_of_each_method_has_a_line([Values] bool optimize)
    {
        string assembly = Compile(optimize);

        Assert.That(Weave(assembly).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        Symbols symbols = Read(assembly);
        Assert.That(symbols.FirstOffsets, Has.Count.GreaterThan(3).And.All.Zero);
    }

    private string Compile(bool optimize)
    {
        SourceText text = SourceText.From(Source, new UTF8Encoding(false), SourceHashAlgorithm.Sha256);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(text, path: "/src/Shop.cs")],
            Framework.ReferenceAssemblies().Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimize ? OptimizationLevel.Release
                : OptimizationLevel.Debug));
        using FileStream assembly = File.Create(PathOf("Shop.dll"));
        using FileStream symbols = File.Create(PathOf("Shop.pdb"));
        EmitResult result = compilation.Emit(
            assembly,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: "Shop.pdb"),
            sourceLinkStream: new MemoryStream(Encoding.UTF8.GetBytes(SourceLink)),
            embeddedTexts: [EmbeddedText.FromSource("/src/Shop.cs", text)]);
        Assert.That(result.Success, Is.True, string.Join("\n", result.Diagnostics));
        return PathOf("Shop.dll");
    }

    private static Symbols Read(string assembly)
    {
        using MetadataReaderProvider provider =
            MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(File.ReadAllBytes(Path.ChangeExtension(assembly, ".pdb"))));
        MetadataReader reader = provider.GetMetadataReader();
        HashSet<int> lines =
            [.. reader.MethodDebugInformation.SelectMany(handle => reader.GetMethodDebugInformation(handle).GetSequencePoints())
                .Where(point => !point.IsHidden).Select(point => point.StartLine)];
        List<int> firstOffsets =
            [.. reader.MethodDebugInformation.Select(handle => reader.GetMethodDebugInformation(handle).GetSequencePoints())
                .Where(points => points.Any()).Select(points => points.First().Offset)];
        HashSet<string> locals =
        [
            .. reader.LocalVariables.Select(handle => reader.GetString(reader.GetLocalVariable(handle).Name)),
            .. reader.LocalConstants.Select(handle => "const " + reader.GetString(reader.GetLocalConstant(handle).Name)),
        ];
        DocumentHandle document = reader.Documents.Single();
        return new Symbols(
            lines,
            firstOffsets,
            locals,
            Encoding.UTF8.GetString(Information(reader, EntityHandle.ModuleDefinition, _sourceLinkKind)),
            Information(reader, document, _embeddedSourceKind),
            reader.GetBlobBytes(reader.GetDocument(document).Hash));
    }

    private static byte[] Information(MetadataReader reader, EntityHandle of, Guid kind) => reader.GetCustomDebugInformation(of)
        .Select(reader.GetCustomDebugInformation).Where(information => reader.GetGuid(information.Kind) == kind)
        .Select(information => reader.GetBlobBytes(information.Value)).SingleOrDefault() ?? [];

    private sealed record Symbols(HashSet<int> Lines, List<int> FirstOffsets, HashSet<string> Locals, string SourceLink, byte[] Embedded,
        byte[] Checksum);
}
