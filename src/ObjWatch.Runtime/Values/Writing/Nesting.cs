namespace ObjWatch.Values.Writing;

/// <summary>In how many structures and in how many collections a value stands, and who else has a say in how it is shown.</summary>
/// <param name="Structs">Structures, tuples among them.</param>
/// <param name="Collections">Collections.</param>
/// <param name="IsWrapped">Whether what stands in it is shown as a wrapper wants it.</param>
internal readonly record struct Nesting(byte Structs, byte Collections, bool IsWrapped)
{
    /// <summary>In nothing.</summary>
    public static Nesting None => default;

    /// <summary>In nothing; a wrapper is asked for what stands in the value.</summary>
    public static Nesting Wrapped => new(0, 0, IsWrapped: true);

    /// <summary>Whether a collection here shows its elements: only one that stands in nothing else does.</summary>
    public bool ShowsElements => (Structs | Collections) == 0;

    /// <summary>Whether a structure here shows its fields.</summary>
    public bool ShowsFields(CaptureLimits limits) => Structs < limits.StructDepth && Collections <= 1;

    /// <summary>A field of a structure here.</summary>
    public Nesting Field => new((byte)(Structs + 1), Collections, IsWrapped);

    /// <summary>An element of a collection here.</summary>
    public Nesting Element => new(Structs, (byte)(Collections + 1), IsWrapped);
}
