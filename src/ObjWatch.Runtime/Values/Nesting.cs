namespace ObjWatch.Values;

/// <summary>In how many structures and in how many collections a value stands.</summary>
/// <param name="Structs">Structures, tuples among them.</param>
/// <param name="Collections">Collections.</param>
internal readonly record struct Nesting(byte Structs, byte Collections)
{
    /// <summary>In nothing.</summary>
    public static Nesting None => default;

    /// <summary>Whether a collection here shows its elements: only one that stands in nothing else does.</summary>
    public bool ShowsElements => this == default;

    /// <summary>Whether a structure here shows its fields.</summary>
    public bool ShowsFields => Structs < CaptureLimits.Current.StructDepth && Collections <= 1;

    /// <summary>A field of a structure here.</summary>
    public Nesting Field => new((byte)(Structs + 1), Collections);

    /// <summary>An element of a collection here.</summary>
    public Nesting Element => new(Structs, (byte)(Collections + 1));
}
