namespace ObjWatch.Values;

/// <summary>How much of a value is captured.</summary>
internal sealed class CaptureLimits
{
    /// <summary>The limits of the session that runs.</summary>
    public static CaptureLimits Current { get; set; } = new(128, 3);

    public CaptureLimits(int stringLength, int elements)
    {
        StringLength = stringLength;
        Elements = elements;
    }

    /// <summary>UTF-16 units of a string.</summary>
    public int StringLength { get; }

    /// <summary>First elements of a collection.</summary>
    public int Elements { get; }

    /// <summary>The highest limit for strings: two of them must fit into a record.</summary>
    public const int LongestString = 1024;

    /// <summary>The highest limit for elements.</summary>
    public const int MostElements = 20;

    /// <summary>Fields of a structure.</summary>
    public const int Fields = 16;

    /// <summary>How deep values stand in values: below this, structures and collections show no contents.</summary>
    public const int Levels = 2;
}
