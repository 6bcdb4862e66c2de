using System;
using System.Text;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>A method's names as they stand in a line.</summary>
internal sealed class MethodText
{
    /// <param name="method">What the trace says of it.</param>
    /// <param name="file">Its source file, or <see langword="null"/>.</param>
    public MethodText(MethodEntry method, string? file)
    {
        string scope = Scope(method);
        Module = Names.Safe(scope);
        Symbol = Names.Safe(scope.Length == 0 ? method.QualifiedName : method.QualifiedName.Substring(scope.Length + 1));
        File = file is null ? null : Names.Safe(file);
        Name = Names.Safe(method.QualifiedName);
        TypeName = Names.Safe(method.TypeName);
        Line = Math.Max(0, method.Line);
        HasThis = (method.Flags & MethodFlags.Static) == 0;
        Labels = new byte[method.Parameters.Count][];
        ParameterTypes = new byte[method.Parameters.Count][];
        for (int i = 0; i < Labels.Length; i++)
        {
            Labels[i] = Names.Safe("'" + method.Parameters[i].Name + "':");
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

    /// <summary>What stands in front of each argument: <c>'n':</c>.</summary>
    public byte[][] Labels { get; }

    /// <summary>The parameters' types.</summary>
    public byte[][] ParameterTypes { get; }

    /// <summary>The namespace of its declaring type; empty for none.</summary>
    public byte[] Module { get; }

    /// <summary>Its qualified name without the namespace.</summary>
    public byte[] Symbol { get; }

    /// <summary>Its source file, where there are symbols.</summary>
    public byte[]? File { get; }

    /// <summary>The namespace in a qualified name: what stands in front of the declaring type.</summary>
    private static string Scope(MethodEntry method)
    {
        // Qualified names have no type arguments. The last place counts: a type is often called as its namespace is.
        var type = new StringBuilder();
        int nesting = 0;
        foreach (char unit in method.TypeName)
        {
            nesting += unit == '<' ? 1 : 0;
            if (nesting == 0)
                type.Append(unit);
            nesting -= unit == '>' ? 1 : 0;
        }

        int at = method.QualifiedName.LastIndexOf("." + type + ".", StringComparison.Ordinal);
        return at < 0 ? "" : method.QualifiedName.Substring(0, at);
    }
}
