using System.Collections.Generic;
using System.IO;
using System.Linq;
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
    private readonly IReadOnlyList<Document> _documents;
    private readonly byte[]? _path;

    public SymbolWriterProvider(LoadedAssembly assembly)
    {
        _storage = assembly.Symbols;
        _documents = assembly.Documents;
        _path = CodeViewPath(assembly.Module);
    }

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, string fileName) =>
        // The embedded form needs a file name, and never looks at it.
        new Writer(new EmbeddedPortablePdbWriterProvider().GetSymbolWriter(module, module.Name), module, _documents, _path);

    public ISymbolWriter GetSymbolWriter(ModuleDefinition module, Stream symbolStream) =>
        _storage == SymbolStorage.Embedded
            ? GetSymbolWriter(module, module.Name)
            : new Writer(new PortablePdbWriterProvider().GetSymbolWriter(module, symbolStream), module, _documents, _path);

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

        private const int HiddenLine = 0xFEEFEE;

        private readonly ISymbolWriter _inner;
        private readonly ModuleDefinition _module;
        private readonly byte[]? _path;
        private IReadOnlyList<Document> _documents;

        public Writer(ISymbolWriter inner, ModuleDefinition module, IReadOnlyList<Document> documents, byte[]? path)
        {
            _module = module;
            _inner = inner;
            _documents = documents;
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

        public void Write(MethodDebugInformation info)
        {
            if (info.HasSequencePoints)
                WriteDocuments(info);
            _inner.Write(info);
        }

        public void Write(ICustomDebugInformationProvider provider) => _inner.Write(provider);

        public void Write()
        {
            // Without a single line of code in the whole module any method will do.
            if (_documents.Count > 0)
                WriteDocuments(_module.GetTypes().SelectMany(type => type.Methods).First(method => method.HasBody).DebugInformation);
            _inner.Write();
        }

        public void Dispose() => _inner.Dispose();

        /// <summary>
        /// Before any other, so that each keeps its number. Cecil 0.11.6 writes a source file only when a line leads to it: a method has
        /// one in each for a moment. What is written of the method then is replaced when it is written as it is.
        /// </summary>
        private void WriteDocuments(MethodDebugInformation info)
        {
            if (_documents.Count == 0)
                return;
            SequencePoint[] points = [.. info.SequencePoints];
            ScopeDebugInformation scope = info.Scope;
            MethodDefinition kickOff = info.StateMachineKickOffMethod;
            CustomDebugInformation[] custom = [.. info.Method.CustomDebugInformations];
            info.SequencePoints.Clear();
            info.Scope = null;
            info.StateMachineKickOffMethod = null;
            info.Method.CustomDebugInformations.Clear();
            Instruction first = info.Method.Body.Instructions[0];
            foreach (Document document in _documents)
                info.SequencePoints.Add(new SequencePoint(first, document) { StartLine = HiddenLine, EndLine = HiddenLine });
            _documents = [];
            _inner.Write(info);
            info.SequencePoints.Clear();
            foreach (SequencePoint point in points)
                info.SequencePoints.Add(point);
            info.Scope = scope;
            info.StateMachineKickOffMethod = kickOff;
            foreach (CustomDebugInformation information in custom)
                info.Method.CustomDebugInformations.Add(information);
        }

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
