using Mono.Cecil;

namespace ObjWatch.Weaver.Selecting;

/// <summary>Says what is traced. The compiler's own methods and fields never reach it: callers ask for the member of the source they belong
/// to.</summary>
internal interface ISelection
{
    /// <summary>Whether calls of the method make run and end.</summary>
    bool Traces(MethodDefinition method);

    /// <summary>Whether stores to the member (a <see cref="FieldDefinition"/>, <see cref="PropertyDefinition"/> or
    /// <see cref="EventDefinition"/>) make upd, apd and pop.</summary>
    bool Watches(IMemberDefinition member);
}
