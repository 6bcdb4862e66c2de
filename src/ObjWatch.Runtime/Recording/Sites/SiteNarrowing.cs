using System;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Recording.Sites;

/// <summary>Decides what of the woven sites a session records: targets and exclusions of the run, locals, statics.</summary>
internal sealed class SiteNarrowing
{
    private readonly IReadOnlyList<Target> _targets;
    private readonly IReadOnlyList<Target> _exclusions;
    private readonly List<Target> _idle;
    private readonly bool _locals;
    private readonly bool _statics;
    private SiteTable? _lastTable;
    private ILookup<(string, string), string>? _filesOfTypes;

    public SiteNarrowing(SiteOptions options)
    {
        _targets = options.Targets;
        _exclusions = options.Exclude;
        _idle = [.. _targets, .. _exclusions];
        _locals = options.Locals;
        _statics = options.Statics;
    }

    /// <summary>The targets and exclusions that have met nothing they mean.</summary>
    public IReadOnlyList<Target> Idle => _idle;

    /// <summary>Whether calls of the method are recorded.</summary>
    public bool Traces(SiteTable table, MethodEntry method) =>
        (_targets.Count == 0 && _exclusions.Count == 0) || Selects(Subject(table, method));

    /// <summary>Whether stores to the member are recorded; of a local, unless its method is not traced.</summary>
    public bool Watches(SiteTable table, MemberEntry member)
    {
        if (member.Kind == MemberKind.Local)
            return _locals;
        bool mustBeNamed = member.Kind == MemberKind.Static && !_statics;
        if (_targets.Count == 0 && _exclusions.Count == 0)
            return !mustBeNamed;
        TargetSubject subject = Subject(table, member);
        return Selects(subject) && (!mustBeNamed || _targets.Any(target => target.IsOfStatics && target.Matches(subject)));
    }

    /// <summary>The member's own name, without its type.</summary>
    public static string NameOf(MemberEntry member) =>
        member.Kind == MemberKind.Local ? member.Name : member.Name.Substring(member.Name.LastIndexOf('.') + 1);

    /// <summary>The property or event that an accessor belongs to; any other method's own name.</summary>
    public static string PropertyOf(string method)
    {
        int start = method.LastIndexOf('.') + 1;
        foreach (string prefix in (string[])["get_", "set_", "add_", "remove_"])
        {
            if (string.CompareOrdinal(method, start, prefix, 0, prefix.Length) == 0)
                return method.Substring(start + prefix.Length);
        }

        return method;
    }

    private bool Selects(TargetSubject subject)
    {
        _idle.RemoveAll(target => target.Matches(subject));
        return (_targets.Count == 0 || _targets.Any(target => target.Matches(subject)))
            && !_exclusions.Any(target => target.Matches(subject));
    }

    private TargetSubject Subject(SiteTable table, MethodEntry method)
    {
        IReadOnlyList<TypeName> types = Types(method.TypeName);
        string name = method.SourceName;
        string property = PropertyOf(name);
        Func<IReadOnlyCollection<string>> files = () =>
            method.File >= 0 ? [table.Files[method.File]] : FilesOf(table, method.Namespace, method.TypeName);
        return new TargetSubject(method.Namespace, types, name, files)
        {
            IsMethod = true,
            Owner = property == name ? null : new TargetSubject(method.Namespace, types, property, files)
            {
                IsStatic = (method.Flags & MethodFlags.Static) != 0,
            },
        };
    }

    private TargetSubject Subject(SiteTable table, MemberEntry member)
    {
        string name = NameOf(member);
        string type = member.Name.Substring(0, Math.Max(0, member.Name.Length - name.Length - 1));
        return new TargetSubject(member.Namespace, Types(type), name, () => FilesOf(table, member.Namespace, type))
        {
            IsStatic = member.Kind == MemberKind.Static,
        };
    }

    /// <summary>The files that the methods of a type stand in.</summary>
    private string[] FilesOf(SiteTable table, string space, string type)
    {
        if (_lastTable != table)
        {
            _filesOfTypes = table.Methods.Where(method => method.File >= 0)
                .ToLookup(method => (method.Namespace, method.TypeName), method => table.Files[method.File]);
            _lastTable = table;
        }

        return _filesOfTypes![(space, type)].Distinct().ToArray();
    }

    /// <summary>Takes a C# name of a nested type apart: <c>Outer&lt;T&gt;.Inner</c>.</summary>
    private static List<TypeName> Types(string name)
    {
        var types = new List<TypeName>();
        int start = 0;
        int nameEnd = -1;
        int depth = 0;
        int arity = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            char current = i == name.Length ? '.' : name[i];
            if (current == '<' && depth++ == 0)
            {
                nameEnd = i;
                arity = 1;
            }
            else if (current == '>')
            {
                depth--;
            }
            else if (current == ',' && depth == 1)
            {
                arity++;
            }
            else if (current == '.' && depth == 0)
            {
                types.Add(new TypeName(name.Substring(start, (nameEnd < 0 ? i : nameEnd) - start), arity));
                start = i + 1;
                nameEnd = -1;
                arity = 0;
            }
        }

        return types;
    }
}
