namespace ObjWatch.Tool.Packing;

/// <summary>An assembly that goes into a package.</summary>
/// <param name="Framework">The target framework it goes there for, as the project names it.</param>
/// <param name="Path">The file.</param>
internal sealed record PackedAssembly(string Framework, string Path)
{
    /// <summary>Reads <c>net8.0=bin/Release/net8.0/Lib.dll</c>.</summary>
    public static PackedAssembly Parse(string text)
    {
        int sign = text.IndexOf('=', System.StringComparison.Ordinal);
        return new PackedAssembly(text[..System.Math.Max(sign, 0)], text[(sign + 1)..]);
    }
}
