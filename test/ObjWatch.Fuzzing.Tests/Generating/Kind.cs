namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>The types of fields and locals.</summary>
internal enum Kind
{
    Int,
    Long,
    Bool,
    Text,
    Color,
    MaybeInt,
    Point,
    Pair,
    List,
    Map,
    Set,
    Array,
    Cells,
    Mark,
    Node,
}

/// <summary>What is written for each type.</summary>
internal static class Kinds
{
    /// <summary>All of them.</summary>
    public static Kind[] All { get; } = System.Enum.GetValues<Kind>();

    /// <summary>The type in C#.</summary>
    public static string Name(this Kind kind) => kind switch
    {
        Kind.Int => "int",
        Kind.Long => "long",
        Kind.Bool => "bool",
        Kind.Text => "string",
        Kind.Color => "Color",
        Kind.MaybeInt => "int?",
        Kind.Point => "Point",
        Kind.Pair => "(int, string)",
        Kind.List => "List<int>",
        Kind.Map => "Dictionary<string, int>",
        Kind.Set => "HashSet<int>",
        Kind.Array => "int[]",
        Kind.Cells => "Cells",
        Kind.Mark => "Mark",
        _ => "Tracked",
    };

    /// <summary>Whether it has a length that is tracked.</summary>
    public static bool IsCollection(this Kind kind) => kind is Kind.List or Kind.Map or Kind.Set;
}
