using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>The byte in front of each value in a record. Strings in definitions are u16 byte count + UTF-8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ValueTag : byte
{
    /// <summary>No value: the result of a method that returns nothing.</summary>
    Void = 0,

    /// <summary><see langword="null"/>.</summary>
    Null = 1,

    /// <summary>1 byte, 0 or 1.</summary>
    Boolean = 2,

    /// <summary>UTF-16 unit, 2 bytes.</summary>
    Char = 3,

    /// <summary>1 byte.</summary>
    SByte = 4,

    /// <summary>1 byte.</summary>
    Byte = 5,

    /// <summary>2 bytes.</summary>
    Int16 = 6,

    /// <summary>2 bytes.</summary>
    UInt16 = 7,

    /// <summary>4 bytes.</summary>
    Int32 = 8,

    /// <summary>4 bytes.</summary>
    UInt32 = 9,

    /// <summary>8 bytes.</summary>
    Int64 = 10,

    /// <summary>8 bytes.</summary>
    UInt64 = 11,

    /// <summary>4 bytes.</summary>
    Single = 12,

    /// <summary>8 bytes.</summary>
    Double = 13,

    /// <summary>16 bytes: decimal.GetBits, four i32.</summary>
    Decimal = 14,

    /// <summary>8 bytes: a pointer or IntPtr.</summary>
    IntPtr = 15,

    /// <summary>8 bytes.</summary>
    UIntPtr = 16,

    /// <summary>Length in UTF-16 units u32, units stored u16, the units.</summary>
    String = 17,

    /// <summary>Identity u64.</summary>
    Object = 18,

    /// <summary>Type u32, raw value sign-extended u64.</summary>
    Enum = 19,

    /// <summary>Ticks i64, kind u8 (DateTimeKind).</summary>
    DateTime = 20,

    /// <summary>Ticks i64.</summary>
    TimeSpan = 21,

    /// <summary>Local ticks i64, offset in minutes i16.</summary>
    DateTimeOffset = 22,

    /// <summary>16 bytes.</summary>
    Guid = 23,

    /// <summary>Day number i32.</summary>
    DateOnly = 24,

    /// <summary>Ticks i64.</summary>
    TimeOnly = 25,

    /// <summary>2 bytes.</summary>
    Half = 26,

    /// <summary>16 bytes.</summary>
    Int128 = 27,

    /// <summary>16 bytes.</summary>
    UInt128 = 28,

    /// <summary>Type u32, count u32 (0xFFFFFFFF: unknown), stored u8, that many values.</summary>
    Collection = 32,

    /// <summary>Type u32, count u32, stored pairs u8, that many pairs of values.</summary>
    Dictionary = 33,

    /// <summary>Type u32, field count u8, that many values; the names stand in the type's definition.</summary>
    Struct = 34,

    /// <summary>Count u8, that many values: a ValueTuple.</summary>
    Tuple = 35,

    /// <summary>A delegate: text number u32 of its method's name.</summary>
    Delegate = 36,

    /// <summary>A System.Type: type u32.</summary>
    TypeReference = 37,

    /// <summary>An exception: type u32, then a String or Null value: its message.</summary>
    Exception = 38,

    /// <summary>A value that cannot be captured (by-ref-like, pointer to a struct, out): the reader shows the parameter's type.</summary>
    Opaque = 39,

    /// <summary><c>this</c> of a constructor that has not run its base yet: object number u64 (0: none yet), site u32 of the outermost
    /// constructor, whose declaring type names the object.</summary>
    UnderConstruction = 40,

    /// <summary>A value that must not be recorded.</summary>
    Redacted = 41,

    /// <summary>What a wrapper made of a value, as String; at the beginning of a Run, of all its values.</summary>
    WrapperText = 42,

    /// <summary>The last owner, see <see cref="RecordSchema"/>: an Object in one byte. Not in version 1.</summary>
    LastOwner = 43,
}
