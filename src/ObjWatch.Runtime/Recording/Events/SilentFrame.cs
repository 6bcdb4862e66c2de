namespace ObjWatch.Recording.Events;

/// <summary>A call without run and end.</summary>
internal struct SilentFrame
{
    /// <summary>The line the caller is at.</summary>
    public int CallerLine;

    /// <summary>How many frames were open when it began.</summary>
    public int Frames;
}
