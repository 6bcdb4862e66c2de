using System.Linq;
using System.Text;
using Mono.Cecil;

namespace ObjWatch.Weaver.Naming;

/// <summary>Names of types as a C# programmer writes them, without namespaces: <c>List&lt;int&gt;</c>, <c>Outer.Inner</c>, <c>ref
/// int</c>.</summary>
internal static class CSharpNames
{
    /// <summary>The C# name of a type.</summary>
    public static string Of(TypeReference type) => type switch
    {
        ByReferenceType reference => "ref " + Of(reference.ElementType),
        PointerType pointer => Of(pointer.ElementType) + "*",
        FunctionPointerType => "delegate*",
        ArrayType array => Of(array.ElementType) + "[" + new string(',', array.Rank - 1) + "]",
        GenericInstanceType { ElementType.FullName: "System.Nullable`1" } nullable => Of(nullable.GenericArguments[0]) + "?",
        GenericInstanceType instance => Named(instance.ElementType, instance.GenericArguments.Select(Of).ToArray()),
        GenericParameter parameter => parameter.Name,
        IModifierType modified => Of(modified.ElementType),
        PinnedType pinned => Of(pinned.ElementType),
        _ => Keyword(type) ?? Named(type, type.HasGenericParameters ? type.GenericParameters.Select(p => p.Name).ToArray() : []),
    };

    /// <summary>Namespace and C# name of a type definition, type parameters left out: <c>Ns.Outer.Inner</c>.</summary>
    public static string Qualified(TypeReference type)
    {
        string name = WithoutArity(type.Name);
        if (type.DeclaringType != null)
            return Qualified(type.DeclaringType) + "." + name;
        return type.Namespace.Length == 0 || FunctionalNames.IsStartup(type) ? name : type.Namespace + "." + name;
    }

    /// <summary>Namespace, type, name and parameters of a method: <c>Ns.Type.Method(int, string)</c>.</summary>
    public static string Signature(MethodDefinition method) =>
        Qualified(method.DeclaringType) + "." + method.Name + "(" + string.Join(", ", method.Parameters.Select(p => Of(p.ParameterType)))
            + ")";

    /// <summary>A type's name without what metadata adds to it: the number of type parameters, the file of a file-local type, F#'s <c>$</c>
    /// before the module whose start-up code a type holds.</summary>
    public static string WithoutArity(string name)
    {
        name = FileLocalTypes.SourceName(name).TrimStart('$');
        int tick = name.IndexOf('`');
        return tick < 0 ? name : name.Substring(0, tick);
    }

    private static string Named(TypeReference type, string[] arguments)
    {
        var name = new StringBuilder();
        int used = 0;
        Append(name, type, arguments, ref used);
        return name.ToString();
    }

    /// <summary>Metadata lists the arguments of a nested type and of its outer types in one row; C# writes each behind its own
    /// name.</summary>
    private static void Append(StringBuilder name, TypeReference type, string[] arguments, ref int used)
    {
        if (type.DeclaringType != null)
        {
            Append(name, type.DeclaringType, arguments, ref used);
            name.Append('.');
        }

        name.Append(WithoutArity(type.Name));
        int tick = type.Name.IndexOf('`');
        if (tick < 0 || !int.TryParse(type.Name.Substring(tick + 1), out int arity) || used + arity > arguments.Length)
            return;
        name.Append('<').Append(string.Join(", ", arguments, used, arity)).Append('>');
        used += arity;
    }

    private static string? Keyword(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Void => "void",
        MetadataType.Boolean => "bool",
        MetadataType.Char => "char",
        MetadataType.SByte => "sbyte",
        MetadataType.Byte => "byte",
        MetadataType.Int16 => "short",
        MetadataType.UInt16 => "ushort",
        MetadataType.Int32 => "int",
        MetadataType.UInt32 => "uint",
        MetadataType.Int64 => "long",
        MetadataType.UInt64 => "ulong",
        MetadataType.Single => "float",
        MetadataType.Double => "double",
        MetadataType.String => "string",
        MetadataType.Object => "object",
        MetadataType.IntPtr => "nint",
        MetadataType.UIntPtr => "nuint",
        _ => type.FullName == "System.Decimal" ? "decimal" : null,
    };
}
