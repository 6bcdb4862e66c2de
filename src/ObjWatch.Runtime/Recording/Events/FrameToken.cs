namespace ObjWatch.Recording.Events;

/// <summary>What woven code holds of an open call: the number of its frame, and above it whether the call is filtered.</summary>
/// <remarks>A filtered one is never the number of the innermost frame, which sends the end of its call to <see cref="FilteredCalls"/>
/// without a test for it.</remarks>
internal static class FrameToken
{
    /// <summary>From here on a call is filtered.</summary>
    public const int Filtered = 1 << 29;

    /// <summary>From here on it is silent, too, and the number is that of a <see cref="SilentFrame"/>.</summary>
    public const int Silent = 1 << 30;

    private const int Number = Filtered - 1;

    /// <summary>The number in a token.</summary>
    public static int NumberOf(int token) => token & Number;
}
