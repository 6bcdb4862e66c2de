using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;

namespace ObjWatch.Values.Naming;

/// <summary>Types as C# writes them: <c>List&lt;int&gt;</c>, <c>int[]</c>, <c>Outer.Inner</c>, <c>(int, string)</c>.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint",
        [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(string)] = "string", [typeof(object)] = "object", [typeof(void)] = "void",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>Without namespaces.</summary>
    public static string NameOf(Type type) => Write(new StringBuilder(), type, full: false).ToString();

    /// <summary>With namespaces.</summary>
    public static string FullNameOf(Type type) => Write(new StringBuilder(), type, full: true).ToString();

    private static StringBuilder Write(StringBuilder text, Type type, bool full)
    {
        if (_keywords.TryGetValue(type, out string? keyword))
            return text.Append(keyword);
        if (type.IsArray)
            return WriteArray(text, type, full);
        if (type.IsPointer)
            return Write(text, type.GetElementType()!, full).Append('*');
        if (type.IsByRef)
            return Write(text.Append("ref "), type.GetElementType()!, full);
        if (type.IsGenericParameter)
            return text.Append(type.Name);
        type = WithoutPlumbing(type);
        Type[] arguments = type.GetGenericArguments();
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Write(text, underlying, full).Append('?');
        if (arguments.Length > 1 && !type.IsGenericTypeDefinition && type.Namespace == "System"
            && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
        {
            return WriteArguments(text.Append('('), arguments, 0, arguments.Length, full).Append(')');
        }

        if (full && !string.IsNullOrEmpty(type.Namespace))
            text.Append(type.Namespace).Append('.');
        return WriteNested(text, type, arguments, full);
    }

    /// <summary>The task of an async method is of some internal class, and one without a result is a
    /// <c>Task&lt;VoidTaskResult&gt;</c>.</summary>
    private static Type WithoutPlumbing(Type type)
    {
        if (!typeof(Task).IsAssignableFrom(type) || type.Assembly != typeof(Task).Assembly)
            return type;
        while (type != typeof(Task) && (type.IsNested || (type.IsConstructedGenericType && !type.GetGenericArguments()[0].IsVisible
            && type.GetGenericArguments()[0].Assembly == typeof(Task).Assembly)))
        {
            type = type.BaseType!;
        }

        return type;
    }

    /// <summary>The ranks of an array of arrays stand in the order C# writes them: outermost first.</summary>
    private static StringBuilder WriteArray(StringBuilder text, Type type, bool full)
    {
        Type element = type;
        while (element.IsArray)
            element = element.GetElementType()!;
        Write(text, element, full);
        for (Type array = type; array.IsArray; array = array.GetElementType()!)
            text.Append('[').Append(',', array.GetArrayRank() - 1).Append(']');
        return text;
    }

    /// <summary>Reflection hands all arguments of a nested generic type to the innermost one; C# writes each with its own type.</summary>
    private static StringBuilder WriteNested(StringBuilder text, Type type, Type[] arguments, bool full)
    {
        int outer = 0;
        if (type.DeclaringType is { } declaring)
        {
            outer = declaring.GetGenericArguments().Length;
            WriteNested(text, declaring, arguments, full).Append('.');
        }

        int own = type.GetGenericArguments().Length;
        int start = FilePrefixLength(type.Name);
        int mark = LineMark(type.Name);
        mark = mark < 0 ? type.Name.IndexOf('`', start) : mark;
        text.Append(type.Name, start, (mark < 0 ? type.Name.Length : mark) - start);
        return own > outer ? WriteArguments(text.Append('<'), arguments, outer, own, full).Append('>') : text;
    }

    /// <summary>The name of a function pointer is empty; C# names a file-local type <c>&lt;File&gt;F</c>, 64 digits of a hash,
    /// <c>__Name</c>.</summary>
    private static int FilePrefixLength(string name)
    {
        int mark = name.Length > 0 && name[0] == '<' ? name.IndexOf(">F", StringComparison.Ordinal) : -1;
        int length = mark + 2 + 64 + 2;
        return mark > 0 && name.Length > length && name[length - 1] == '_' && name[length - 2] == '_' ? length : 0;
    }

    /// <summary>Where the line begins that F# adds to the name of what it makes of functions and sequences (<c>squares@66-1</c>), or
    /// -1.</summary>
    internal static int LineMark(string name)
    {
        int mark = name.LastIndexOf('@');
        return mark > 0 && mark < name.Length - 1 && char.IsDigit(name[mark + 1]) ? mark : -1;
    }

    private static StringBuilder WriteArguments(StringBuilder text, Type[] arguments, int from, int to, bool full)
    {
        for (int i = from; i < to; i++)
        {
            if (i > from)
                text.Append(", ");
            Write(text, arguments[i], full);
        }

        return text;
    }
}
