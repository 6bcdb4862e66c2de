using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using Document = Mono.Cecil.Cil.Document;
using ModuleDefinition = Mono.Cecil.ModuleDefinition;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// The source files that symbols name, in their order: types without code (interfaces, enumerations) refer to them by their number.
/// Cecil 0.11.6 reads only those that the lines of a method lead to.
/// </summary>
internal static class SymbolDocuments
{
    private const int EmbeddedHeader = 8;

    /// <summary>Those of a portable PDB.</summary>
    /// <exception cref="BadImageFormatException">The symbols are damaged.</exception>
    public static IReadOnlyList<Document> Read(byte[] symbols)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        return reader.Documents.Select(handle => Read(reader, handle)).ToArray();
    }

    /// <summary>Those of the symbols in an assembly: a signature and the size in front of what is compressed.</summary>
    /// <exception cref="InvalidDataException">The symbols are damaged.</exception>
    public static IReadOnlyList<Document> ReadEmbedded(ModuleDefinition module)
    {
        byte[] data = module.GetDebugHeader().Entries.First(entry => entry.Directory.Type == ImageDebugType.EmbeddedPortablePdb).Data;
        using var compressed = new MemoryStream(data, EmbeddedHeader, data.Length - EmbeddedHeader);
        using var content = new DeflateStream(compressed, CompressionMode.Decompress);
        using var symbols = new MemoryStream();
        content.CopyTo(symbols);
        return Read(symbols.ToArray());
    }

    private static Document Read(MetadataReader reader, DocumentHandle handle)
    {
        System.Reflection.Metadata.Document document = reader.GetDocument(handle);
        var read = new Document(reader.GetString(document.Name))
        {
            HashAlgorithmGuid = reader.GetGuid(document.HashAlgorithm),
            Hash = reader.GetBlobBytes(document.Hash),
            LanguageGuid = reader.GetGuid(document.Language),
        };
        foreach (CustomDebugInformationHandle custom in reader.GetCustomDebugInformation(handle))
        {
            System.Reflection.Metadata.CustomDebugInformation information = reader.GetCustomDebugInformation(custom);
            Guid kind = reader.GetGuid(information.Kind);
            read.CustomDebugInformations.Add(new BinaryCustomDebugInformation(kind, reader.GetBlobBytes(information.Value)));
        }

        return read;
    }
}
