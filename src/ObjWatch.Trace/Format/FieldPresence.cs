namespace ObjWatch.Trace.Format;

/// <summary>When a record has a field.</summary>
internal enum FieldPresence : byte
{
    /// <summary>Always.</summary>
    Always,

    /// <summary>In a call whose code says that time and depth are stated.</summary>
    Stated,

    /// <summary>In a run whose code says that it carries a flow.</summary>
    Flow,

    /// <summary>In a change whose flags say that it states its line.</summary>
    LineStated,

    /// <summary>In a change whose flags say that only a part of the element changed.</summary>
    PartStated,
}
