namespace ObjWatch.Recording;

/// <summary>What woven code holds of an open call: the number of its frame, and above it whether the call is special.</summary>
/// <remarks>A special one is never the number of the innermost frame, which sends the end of its call to <see cref="SpecialCalls"/> without a test for it.</remarks>
internal static class FrameToken
{
    /// <summary>From here on a call is special.</summary>
    public const int Special = 1 << 29;

    /// <summary>From here on it is silent, too, and the number is that of a <see cref="SilentFrame"/>.</summary>
    public const int Silent = 1 << 30;

    private const int Number = Special - 1;

    /// <summary>The number in a token.</summary>
    public static int NumberOf(int token) => token & Number;
}

/// <summary>A call without run and end.</summary>
internal struct SilentFrame
{
    /// <summary>The line the caller is at.</summary>
    public int CallerLine;

    /// <summary>How many frames were open when it began.</summary>
    public int Frames;
}
