using System;

namespace ObjWatch.Recording.Sites;

/// <summary>What is to be done at a site, in the session that runs: one byte for each.</summary>
[Flags]
internal enum SiteFlag : byte
{
    /// <summary>Nothing: tracing is off, paused, or narrowed to other sites.</summary>
    Off = 0,

    /// <summary>Its events are recorded. Alone: as fast as can be.</summary>
    On = 1,

    /// <summary>Of a method: run and end are not recorded, only the stores in it.</summary>
    Silent = 2,

    /// <summary>Of a method: an argument or the result is redacted. Of a store: its values are.</summary>
    Redacted = 4,

    /// <summary>A wrapper is asked for the text.</summary>
    Wrapped = 8,

    /// <summary>Only so many events are recorded, and the others counted.</summary>
    Limited = 16,

    /// <summary>Of a method: not recorded below some depth.</summary>
    DepthLimited = 32,
}
