namespace ObjWatch.Values;

/// <summary>How much of a value is captured.</summary>
internal sealed class CaptureLimits
{
    public CaptureLimits(int stringLength, int elements, int structDepth)
    {
        StringLength = stringLength;
        Elements = elements;
        StructDepth = structDepth;
    }

    /// <summary>UTF-16 units of a string.</summary>
    public int StringLength { get; }

    /// <summary>First elements of a collection.</summary>
    public int Elements { get; }

    /// <summary>How many structures in each other show their fields.</summary>
    public int StructDepth { get; }

    /// <summary>Fields of a structure.</summary>
    public const int Fields = 16;
}
