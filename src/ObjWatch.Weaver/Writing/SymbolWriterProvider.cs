using System.IO;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Writing;

/// <summary>
/// Writes symbols in the form in which they were read, and names them in the assembly as the compiler did: Cecil would put the path of the
/// temporary file there, or another name than the file has.
/// </summary>
internal sealed class SymbolWriterProvider : ISymbolWriterProvider
{
    private readonly SymbolStorage _storage;
    private readonly byte[]? _path;

    public SymbolWriterProvider(LoadedAssembly assembly)
    {
        _storage = assembly.Symbols;
        _path = CodeViewPath(assembly.Module);
    }

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
        // The embedded form needs a file name, and never looks at it.
        new Writer(new EmbeddedPortablePdbWriterProvider().GetSymbolWriter(module, module.Name), _path);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
        _storage == SymbolStorage.Embedded
            ? GetSymbolWriter(module, module.Name)
            : new Writer(new PortablePdbWriterProvider().GetSymbolWriter(module, symbolStream), _path);

    private static byte[]? CodeViewPath(ModuleDefinition module)
    {
        foreach (ImageDebugHeaderEntry entry in module.GetDebugHeader().Entries)
        {
            if (entry.Directory.Type != ImageDebugType.CodeView || entry.Data.Length <= Writer.CodeViewPathOffset)
                continue;
            var path = new byte[entry.Data.Length - Writer.CodeViewPathOffset];
            System.Array.Copy(entry.Data, Writer.CodeViewPathOffset, path, 0, path.Length);
            return path;
        }

        return null;
    }

    private sealed class Writer : ISymbolWriter
    {
        // After the signature (4 bytes), the identity (16) and the age (4).
        public const int CodeViewPathOffset = 24;

        private readonly ISymbolWriter _inner;
        private readonly byte[]? _path;

        public Writer(ISymbolWriter inner, byte[]? path)
        {
            _inner = inner;
            _path = path;
        }

        public ISymbolReaderProvider GetReaderProvider() => _inner.GetReaderProvider();

        public ImageDebugHeader GetDebugHeader()
        {
            ImageDebugHeader header = _inner.GetDebugHeader();
            if (_path is not null)
            {
                for (int i = 0; i < header.Entries.Length; i++)
                {
                    if (header.Entries[i].Directory.Type == ImageDebugType.CodeView)
                        header.Entries[i] = WithPath(header.Entries[i], _path);
                }
            }

            return header;
        }

        public void Write(MethodDebugInformation info) => _inner.Write(info);

        public void Write(ICustomDebugInformationProvider provider) => _inner.Write(provider);

        public void Write() => _inner.Write();

        public void Dispose() => _inner.Dispose();

        private static ImageDebugHeaderEntry WithPath(ImageDebugHeaderEntry entry, byte[] path)
        {
            var data = new byte[CodeViewPathOffset + path.Length];
            System.Array.Copy(entry.Data, data, CodeViewPathOffset);
            path.CopyTo(data, CodeViewPathOffset);
            ImageDebugDirectory directory = entry.Directory;
            directory.SizeOfData = data.Length;
            return new ImageDebugHeaderEntry(directory, data);
        }
    }
}
