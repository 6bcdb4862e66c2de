using System;

namespace ObjWatch.Values.Shapes;

/// <summary>Tells the framework's own types, whose members are safe to call, from everybody else's.</summary>
internal static class FrameworkTypes
{
    /// <summary>Whether the type is declared in an assembly of the framework.</summary>
    public static bool Owns(Type type)
    {
        if (type.Assembly == typeof(object).Assembly)
            return true;
        string name = type.Assembly.GetName().Name ?? "";
        byte[] token = type.Assembly.GetName().GetPublicKeyToken() ?? [];
        return (name == "System" || name.StartsWith("System.", StringComparison.Ordinal)) && token.Length == 8
            && IsFrameworkKey(BitConverter.ToString(token));
    }

    private static bool IsFrameworkKey(string token) => token is
        "B0-3F-5F-7F-11-D5-0A-3A" or "B7-7A-5C-56-19-34-E0-89" or "7C-EC-85-D7-BE-A7-79-8E" or "CC-7B-13-FF-CD-2D-DD-51";
}
