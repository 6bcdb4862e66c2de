using Mono.Cecil;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Imports <c>int</c>, <c>object</c> and the like as those of the module's own core library. They have a sign of their own in a signature
/// and need no reference at all; Cecil would add one to the core library that the runtime library was compiled against, and the program may
/// not have that.
/// </summary>
internal sealed class OwnCoreLibraryImporter : DefaultMetadataImporter
{
    private OwnCoreLibraryImporter(ModuleDefinition module)
        : base(module)
    {
    }

    protected override IMetadataScope ImportScope(TypeReference type) =>
        type.IsPrimitive || type.MetadataType is MetadataType.Void or MetadataType.Object or MetadataType.String
            ? module.TypeSystem.CoreLibrary
            : base.ImportScope(type);

    /// <summary>Makes an importer for each module.</summary>
    internal sealed class Provider : IMetadataImporterProvider
    {
        public IMetadataImporter GetMetadataImporter(ModuleDefinition module) => new OwnCoreLibraryImporter(module);
    }
}
