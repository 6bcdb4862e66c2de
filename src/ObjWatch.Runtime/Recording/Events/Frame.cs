namespace ObjWatch.Recording.Events;

/// <summary>One traced invocation that has not ended.</summary>
internal struct Frame
{
    /// <summary>The method's site.</summary>
    public int Site;

    /// <summary>The caller's line, which is the current one again when the frame ends.</summary>
    public int CallerLine;

    /// <summary>The number reserved for the object, or 0. Set in constructors only.</summary>
    public long ReservedNumber;

    /// <summary>The site of the outermost constructor, set in constructors only: its declaring type names the object.</summary>
    public int OutermostSite;
}
