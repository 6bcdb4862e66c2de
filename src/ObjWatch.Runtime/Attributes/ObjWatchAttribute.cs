using System;

namespace ObjWatch;

/// <summary>Has the weaver trace what it stands on, as a target does.</summary>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method
    | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Event,
    Inherited = false)]
public sealed class ObjWatchAttribute : Attribute
{
}
