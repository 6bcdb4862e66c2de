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

/// <summary>
/// The symbols of a woven assembly name the same source files as the compiler's, also those without a line of code: types without code say
/// by number which one they stand in.
/// </summary>
public sealed class SourceFileTests : WeaverFixture
{
    private const string WithCode = "class Counter { int _n; public void Add() => _n++; }";

    private static readonly string[] _withoutCode =
        ["interface IOne { int X { get; } }", "enum Kind { A } delegate void Change(); struct Pair { public int A; }"];
    private static readonly Guid _embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid _filesOfType = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    [TestCase("between", DebugInformationFormat.PortablePdb)]
    [TestCase("between", DebugInformationFormat.Embedded)]
    [TestCase("none", DebugInformationFormat.PortablePdb)]
    public void Source_files_without_code_are_named_as_before(string code, DebugInformationFormat format)
    {
        string assembly = Compile(code == "none" ? _withoutCode : [_withoutCode[0], WithCode, _withoutCode[1]], format);
        (string[] files, string[] types) before = Read(assembly);

        Assert.That(Weave(assembly).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        (string[] files, string[] types) after = Read(assembly);
        Assert.That(before.types, Has.Length.EqualTo(4), "interface, enumeration, delegate, structure");
        Assert.That(after.files, Is.EqualTo(before.files));
        Assert.That(after.types, Is.EqualTo(before.types));
    }

    private string Compile(string[] sources, DebugInformationFormat format)
    {
        SourceText[] texts = [.. sources.Select(source => SourceText.From(source, new UTF8Encoding(false), SourceHashAlgorithm.Sha256))];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Files",
            texts.Select((text, i) => CSharpSyntaxTree.ParseText(text, path: $"/src/{i}.cs")),
            Framework.ReferenceAssemblies().Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using FileStream assembly = File.Create(PathOf("Files.dll"));
        using FileStream? symbols = format == DebugInformationFormat.Embedded ? null : File.Create(PathOf("Files.pdb"));
        EmitResult result = compilation.Emit(
            assembly,
            symbols,
            options: new EmitOptions(debugInformationFormat: format, pdbFilePath: "Files.pdb"),
            embeddedTexts: texts.Select((text, i) => EmbeddedText.FromSource($"/src/{i}.cs", text)));
        Assert.That(result.Success, Is.True, string.Join("\n", result.Diagnostics));
        return PathOf("Files.dll");
    }

    private static (string[] Files, string[] Types) Read(string assembly)
    {
        using System.Reflection.PortableExecutable.PEReader image = new(new MemoryStream(File.ReadAllBytes(assembly)));
        Assert.That(image.TryOpenAssociatedPortablePdb(assembly, File.OpenRead, out MetadataReaderProvider? provider, out _));
        MetadataReader symbols = provider!.GetMetadataReader();
        MetadataReader metadata = image.GetMetadataReader();
        string[] types =
        [
            .. from handle in metadata.TypeDefinitions
               from information in Information(symbols, handle, _filesOfType)
               from file in Numbers(symbols.GetBlobReader(information.Value))
               select metadata.GetString(metadata.GetTypeDefinition(handle).Name) + " in " + file,
        ];
        string[] files = [.. symbols.Documents.Select(handle => Describe(symbols, handle))];
        provider.Dispose();
        return (files, types);
    }

    private static string Describe(MetadataReader symbols, DocumentHandle handle)
    {
        System.Reflection.Metadata.Document document = symbols.GetDocument(handle);
        byte[] source =
            [.. Information(symbols, handle, _embeddedSource).SelectMany(information => symbols.GetBlobBytes(information.Value))];
        return string.Join(
            " ",
            symbols.GetString(document.Name), Convert.ToHexString(symbols.GetBlobBytes(document.Hash)),
                symbols.GetGuid(document.HashAlgorithm), symbols.GetGuid(document.Language), Convert.ToHexString(source));
    }

    private static IEnumerable<CustomDebugInformation> Information(MetadataReader symbols, EntityHandle of, Guid kind) =>
        symbols.GetCustomDebugInformation(of).Select(symbols.GetCustomDebugInformation)
            .Where(information => symbols.GetGuid(information.Kind) == kind);

    private static List<int> Numbers(BlobReader reader)
    {
        List<int> numbers = [];
        while (reader.RemainingBytes > 0)
            numbers.Add(reader.ReadCompressedInteger());
        return numbers;
    }
}
