namespace ObjWatch.Recording.Events;

/// <summary>A constructor call that continues the building of an object.</summary>
internal struct ChainedConstructor
{
    /// <summary>The called constructor's site, or 0.</summary>
    public int Site;

    /// <summary>The frame of the calling constructor.</summary>
    public int Frame;

    /// <summary>The thread's event count at the announcement: any event in between means that another call came first.</summary>
    public long Events;
}
