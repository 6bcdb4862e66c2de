namespace ObjWatch.Weaver.Loading;

/// <summary>Where an assembly keeps its symbols; the woven one keeps them in the same place.</summary>
internal enum SymbolStorage
{
    /// <summary>Nowhere, or in a form that cannot be used.</summary>
    None,

    /// <summary>In a portable PDB beside the assembly.</summary>
    Beside,

    /// <summary>In the assembly itself.</summary>
    Embedded,
}
