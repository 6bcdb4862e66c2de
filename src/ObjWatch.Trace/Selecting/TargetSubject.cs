using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace ObjWatch.Trace.Selecting;

/// <summary>What a target is held against: a method, or a field, property or event, as the source names it. The weaver makes them of
/// metadata, the runtime of the table of sites, so that a target means the same to both.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TargetSubject
{
    private readonly Lazy<IReadOnlyCollection<string>> _files;

    /// <param name="space">The namespace, empty for the global one.</param>
    /// <param name="types">The declaring type with those it is nested in, outermost first.</param>
    /// <param name="name">The member's own name; that of an explicit implementation begins with the interface.</param>
    /// <param name="files">Finds the source files it stands in.</param>
    public TargetSubject(string space, IReadOnlyList<TypeName> types, string name, Func<IReadOnlyCollection<string>> files)
    {
        Namespace = space;
        Types = types;
        Name = name;
        _files = new Lazy<IReadOnlyCollection<string>>(files);
    }

    /// <summary>The namespace, empty for the global one.</summary>
    public string Namespace { get; }

    /// <summary>The declaring type with those it is nested in, outermost first.</summary>
    public IReadOnlyList<TypeName> Types { get; }

    /// <summary>The member's name.</summary>
    public string Name { get; }

    /// <summary>Whether it is a method.</summary>
    public bool IsMethod { get; set; }

    /// <summary>Whether a field, property or event belongs to its type and not to an object.</summary>
    public bool IsStatic { get; set; }

    /// <summary>The property or event that a method is an accessor of.</summary>
    public TargetSubject? Owner { get; set; }

    /// <summary>The source files it stands in.</summary>
    public IReadOnlyCollection<string> Files => _files.Value;

    /// <summary>Whether it has the name; an explicit implementation also has that of the interface's member.</summary>
    internal bool HasName(NamePattern name)
    {
        if (name.Matches(Name))
            return true;
        int dot = Name.LastIndexOf('.');
        return dot > 0 && name.Matches(Name.Substring(dot + 1));
    }
}

/// <summary>A type's name as in the source, and the number of its own type parameters.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TypeName(string Name, int Arity);
