namespace ObjWatch.Values.Shapes;

/// <summary>In which way values of a type are captured.</summary>
internal enum ShapeKind
{
    /// <summary>By identity.</summary>
    Object,

    /// <summary>By value, of fixed size.</summary>
    Primitive,

    /// <summary>By its raw value; the names stand in the type's definition.</summary>
    Enum,

    /// <summary>Field by field.</summary>
    Struct,

    /// <summary>Item by item.</summary>
    Tuple,

    /// <summary>Length and first elements, by index.</summary>
    List,

    /// <summary>Count and first elements, by the collection's own enumerator.</summary>
    Set,

    /// <summary>Count and first pairs.</summary>
    Dictionary,

    /// <summary>Length only: its contents are shown elsewhere or nowhere.</summary>
    Counted,

    /// <summary>By the name of its method.</summary>
    Delegate,

    /// <summary>By the name of the type it stands for.</summary>
    Type,
}
