using System;
using System.ComponentModel;
using System.Text;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Trace.Rendering;

/// <summary>A method's names as they stand in a line.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MethodText
{
    /// <param name="method">What the trace says of it.</param>
    /// <param name="file">Its source file, or <see langword="null"/>.</param>
    public MethodText(MethodEntry method, string? file)
    {
        string qualified = method.QualifiedName;
        int space = method.NamespaceLength > 0 && method.NamespaceLength < qualified.Length ? method.NamespaceLength : 0;
        NameInModule = space == 0 ? Names.Safe(qualified) : Names.Safe(qualified.Substring(space + 1));
        Module = Names.Safe(qualified.Substring(0, space));
        // Qualified names have no type arguments. Without the type's name (a top-level function of another language) the whole is the
        // member.
        int member = (space == 0 ? 0 : space + 1) + WithoutArguments(method.TypeName).Length + 1;
        bool known = member < qualified.Length && qualified[member - 1] == '.';
        Scope = Names.Safe(known ? qualified.Substring(0, member - 1) : qualified);
        MemberName = known ? Names.Safe(qualified.Substring(member)) : NameInModule;
        File = file is null ? null : Names.Safe(file);
        Name = Names.Safe(method.QualifiedName);
        TypeName = Names.Safe(method.TypeName);
        Line = Math.Max(0, method.Line);
        HasThis = (method.Flags & MethodFlags.Static) == 0;
        Labels = new byte[method.Parameters.Count][];
        ParameterTypes = new byte[method.Parameters.Count][];
        for (int i = 0; i < Labels.Length; i++)
        {
            Labels[i] = Names.Safe((i > 0 || HasThis ? ", '" : "'") + method.Parameters[i].Name + "':");
            ParameterTypes[i] = Names.Safe(method.Parameters[i].TypeName);
        }
    }

    /// <summary>Qualified name.</summary>
    public byte[] Name { get; }

    /// <summary>Its declaring type's name.</summary>
    public byte[] TypeName { get; }

    /// <summary>First line of its body, or 0.</summary>
    public int Line { get; }

    /// <summary>Whether its first value is <c>this</c>.</summary>
    public bool HasThis { get; }

    /// <summary>What stands in front of each argument: <c>'n':</c>, behind a comma where it is not the first.</summary>
    internal byte[][] Labels { get; }

    /// <summary>The parameters' types.</summary>
    internal byte[][] ParameterTypes { get; }

    /// <summary>The namespace of its declaring type; empty for none.</summary>
    public byte[] Module { get; }

    /// <summary>Its qualified name without the namespace.</summary>
    internal byte[] NameInModule { get; }

    /// <summary>Its source file, where there are symbols.</summary>
    public byte[]? File { get; }

    /// <summary>Namespace and declaring type.</summary>
    public byte[] Scope { get; }

    /// <summary>Its name within the declaring type.</summary>
    public byte[] MemberName { get; }

    /// <summary>A type's name as it stands in qualified names: without type arguments.</summary>
    private static string WithoutArguments(string typeName)
    {
        var name = new StringBuilder();
        int nesting = 0;
        foreach (char unit in typeName)
        {
            nesting += unit == '<' ? 1 : 0;
            if (nesting == 0)
                name.Append(unit);
            nesting -= unit == '>' ? 1 : 0;
        }

        return name.ToString();
    }
}
