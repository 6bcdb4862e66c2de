using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>
/// The codes of <see cref="RecordKind.Store"/>: bit 7, two bits of <see cref="OwnerForm"/>, and five for the type of both values: a tag, or
/// one of the types here, which write small values in fewer bytes.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StoreCode
{
    /// <summary>An Int32 that fits into 16 bits.</summary>
    public const ValueTag Int32In16Bits = (ValueTag)29;

    /// <summary>An Int64 that fits into 32 bits.</summary>
    public const ValueTag Int64In32Bits = (ValueTag)30;

    /// <summary>An Int64 that fits into 16 bits.</summary>
    public const ValueTag Int64In16Bits = (ValueTag)31;

    private const int FormShift = 5;
    private const int TypeMask = 31;

    /// <summary>The code of a store.</summary>
    public static uint Of(ValueTag type, OwnerForm form) => (uint)RecordKind.Store | ((uint)form << FormShift) | (uint)type;

    /// <summary>How a code says whose member changed.</summary>
    public static OwnerForm FormOf(uint code) => (OwnerForm)((code >> FormShift) & 3);

    /// <summary>The type of the values.</summary>
    public static ValueTag TypeOf(uint code) => (ValueTag)(code & TypeMask);

    /// <summary>Bytes of one value of a type; 0: there are no stores of it.</summary>
    public static int SizeOf(ValueTag type) => type switch
    {
        Int32In16Bits or Int64In16Bits => sizeof(short),
        Int64In32Bits => sizeof(int),
        _ => ValueSizes.Of(type),
    };

    /// <summary>Bytes of a record with a code; 0: there is no such record.</summary>
    internal static int RecordSize(uint code)
    {
        int size = SizeOf(TypeOf(code));
        int owner = FormOf(code) switch
        {
            OwnerForm.Stated => sizeof(ulong),
            OwnerForm.Near => sizeof(uint),
            OwnerForm.None or OwnerForm.Same => 0,
        };
        return size == 0 ? 0 : sizeof(uint) + owner + ((2 * size + 3) & ~3);
    }
}
