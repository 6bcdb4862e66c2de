using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Options;

/// <summary>Where an option can be given.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OptionUse
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>As a property of the project.</summary>
    Property = 1,

    /// <summary>As a switch of <c>objwatch-weave</c>.</summary>
    Switch = 2,

    /// <summary>In the environment.</summary>
    Variable = 4,

    /// <summary>In code and in objwatch.json.</summary>
    Code = 8,

    /// <summary>In the build alone: it decides what is woven.</summary>
    Weaving = Property | Switch,

    /// <summary>At each run alone.</summary>
    Run = Variable | Code,

    /// <summary>At each run; the build gives it a default.</summary>
    RunAndDefault = Weaving | Run,
}
