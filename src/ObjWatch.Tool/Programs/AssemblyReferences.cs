using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ObjWatch.Tool.Programs;

/// <summary>Which assemblies an assembly refers to.</summary>
internal static class AssemblyReferences
{
    /// <summary>Reads them; there are none in a file that is no assembly.</summary>
    public static IReadOnlyList<AssemblyName> Of(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            if (!image.HasMetadata)
                return [];
            MetadataReader metadata = image.GetMetadataReader();
            return metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName()).ToList();
        }
        catch (BadImageFormatException)
        {
            return [];
        }
    }
}
