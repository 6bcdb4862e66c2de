using System;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using ObjWatch.Values.Naming;

namespace ObjWatch.Values.Redacting;

/// <summary>Which fields of a structure must not be recorded, by the wishes of one session.</summary>
internal sealed class FieldRedaction
{
    public FieldRedaction(Redaction by, FieldInfo[] fields)
    {
        By = by;
        bool[] redacted = Array.ConvertAll(fields, field => by.Matches(Definitions.SourceName(field.Name)) || IsMarked(field));
        Redacted = Array.IndexOf(redacted, true) < 0 ? null : redacted;
    }

    /// <summary>Whose wishes they are.</summary>
    public Redaction By { get; }

    /// <summary>Which fields, in their order; null: none.</summary>
    public bool[]? Redacted { get; }

    /// <summary>The weaver puts the attribute of a property on its field, too: only for code that is not woven the property is asked
    /// for.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "In woven code the field itself bears the attribute.")]
    private static bool IsMarked(FieldInfo field)
    {
        if (field.IsDefined(typeof(ObjWatchRedactAttribute), false))
            return true;
        string name = Definitions.SourceName(field.Name);
        if (name == field.Name || field.DeclaringType is not { } type)
            return false;
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetProperty(name, Own)?.IsDefined(typeof(ObjWatchRedactAttribute), false) == true;
    }
}
