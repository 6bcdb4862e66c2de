namespace ObjWatch.Weaver.Selecting;

/// <summary>What an attribute says.</summary>
internal enum AttributeMark
{
    /// <summary>There is none.</summary>
    None,

    /// <summary><c>[ObjWatch]</c>.</summary>
    Trace,

    /// <summary><c>[ObjWatchIgnore]</c>, alone or with the other.</summary>
    Ignore,
}
