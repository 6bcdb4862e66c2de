namespace ObjWatch.Weaver.Metadata;

/// <summary>How a value of some type can be handed to a probe.</summary>
internal enum ValueShape
{
    /// <summary>Nothing: void.</summary>
    None,

    /// <summary>As an object reference.</summary>
    Reference,

    /// <summary>As itself, through a generic probe: a value type or a type parameter.</summary>
    Value,

    /// <summary>As a native integer: a pointer.</summary>
    Pointer,

    /// <summary>Not at all: by reference, by-ref-like, or a type parameter that may be.</summary>
    Opaque,
}
