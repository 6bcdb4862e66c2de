namespace ObjWatch.Weaver.Loading;

/// <summary>What a file that should be an assembly really is.</summary>
internal enum ImageKind
{
    /// <summary>An assembly that holds nothing but IL: the only kind that can be woven.</summary>
    IntermediateLanguage,

    /// <summary>Neither a PE file nor a native one of another system.</summary>
    NotPortableExecutable,

    /// <summary>Machine code only.</summary>
    Native,

    /// <summary>The headers point behind the end of the file, or contradict each other.</summary>
    Truncated,

    /// <summary>IL with code compiled ahead of time.</summary>
    ReadyToRun,

    /// <summary>IL mixed with native code.</summary>
    MixedMode,
}
