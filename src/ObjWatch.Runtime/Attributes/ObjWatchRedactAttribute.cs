using System;

namespace ObjWatch;

/// <summary>
/// Keeps what it stands on out of every trace: its values are recorded as <c>(redacted)</c>, whatever the option <c>Redact</c> says. On a
/// property it means what its accessors take and return too, on a parameter of a record or of a primary constructor also the property or
/// field made of it.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.ReturnValue)]
public sealed class ObjWatchRedactAttribute : Attribute
{
}
