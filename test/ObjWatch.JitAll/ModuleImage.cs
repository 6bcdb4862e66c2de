using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ObjWatch.JitAll;

/// <summary>Takes the module initializer out of an assembly: the runtime would run it before it compiles the first method.</summary>
internal static class ModuleImage
{
    private const byte TinyHeaderForOneByte = (1 << 2) | 2;
    private const byte Return = 0x2A;

    /// <summary>The bytes of the assembly, its module initializer (if any) reduced to a return.</summary>
    public static byte[] WithoutInitializer(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        TypeDefinition module = metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(1));
        foreach (MethodDefinition method in module.GetMethods().Select(metadata.GetMethodDefinition))
        {
            if (metadata.GetString(method.Name) != ".cctor")
                continue;
            int address = method.RelativeVirtualAddress;
            SectionHeader section = reader.PEHeaders.SectionHeaders[reader.PEHeaders.GetContainingSectionIndex(address)];
            int offset = address - section.VirtualAddress + section.PointerToRawData;
            image[offset] = TinyHeaderForOneByte;
            image[offset + 1] = Return;
        }

        return image;
    }
}
