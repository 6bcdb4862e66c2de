using System;
using System.Linq;
using System.Reflection;

namespace ObjWatch.JitAll;

/// <summary>Names methods the same way whatever assembly file they come from, so that two reports can be compared.</summary>
internal static class MethodName
{
    /// <summary><c>Ns.Type.Method``1(System.Int32, T)</c>.</summary>
    public static string Of(MethodBase method)
    {
        string name = (method.DeclaringType is { } type ? type.FullName ?? type.Name : "<Module>") + "." + method.Name;
        try
        {
            string arity = method.IsGenericMethodDefinition ? "``" + method.GetGenericArguments().Length : "";
            string result = method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } operation ? " : " + operation.ReturnType : "";
            return $"{name}{arity}({string.Join(", ", method.GetParameters().Select(parameter => Of(parameter.ParameterType)))}){result}";
        }
        catch (Exception exception)
        {
            // A signature that cannot be loaded is found again, and reported, when the method is compiled.
            return $"{name}({exception.GetType().Name}, token {method.MetadataToken:x8})";
        }
    }

    /// <summary>The type's full name, or its short one where it has none (a type parameter).</summary>
    public static string Of(Type type) => type.IsConstructedGenericType ? type.ToString() : type.FullName ?? type.ToString();
}
