using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Planning;

/// <summary>Which fields of objects somebody in the module keeps the address of beyond the statement that takes it: in a <c>ref</c> local,
/// a span, a pointer, as the result. Whoever has it may store at any time, so these fields are read again and again. So are those whose
/// address a method gets that stores to them itself too.</summary>
internal sealed class EscapedAddresses
{
    private readonly HashSet<FieldDefinition> _fields;

    /// <summary>These fields.</summary>
    public EscapedAddresses(IEnumerable<FieldDefinition> fields) => _fields = [.. fields];

    /// <summary>Whether the field is one of these.</summary>
    public bool Contains(FieldReference field) =>
        _fields.Count > 0 && WatchedMembers.Definition(field) is { } definition && _fields.Contains(definition);
}
