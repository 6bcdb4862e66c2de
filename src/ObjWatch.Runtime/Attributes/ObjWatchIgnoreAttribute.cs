using System;

namespace ObjWatch;

/// <summary>Keeps the weaver from tracing what it stands on; wins over every target.</summary>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method
    | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Event,
    Inherited = false)]
public sealed class ObjWatchIgnoreAttribute : Attribute
{
}
