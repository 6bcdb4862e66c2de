using System;
using System.Linq;

namespace ObjWatch.Weaver.Naming;

/// <summary>Names of types that are <c>file</c>-local in C#: <c>&lt;Source&gt;F0A1B..__Name</c>, with the hash of the file's path. They are
/// the programmer's.</summary>
internal static class FileLocalTypes
{
    private const string Mark = ">F";
    private const int HashLength = 64;
    private const string Separator = "__";

    /// <summary>Whether it is the name of a file-local type.</summary>
    public static bool IsName(string name) => LengthOfPrefix(name) > 0;

    /// <summary>The name as it stands in the source.</summary>
    public static string SourceName(string name) => name.Substring(LengthOfPrefix(name));

    private static int LengthOfPrefix(string name)
    {
        int mark = name.Length > 0 && name[0] == '<' ? name.IndexOf(Mark, StringComparison.Ordinal) : -1;
        int hash = mark + Mark.Length;
        int length = hash + HashLength + Separator.Length;
        return mark > 0 && name.Length > length && name.Skip(hash).Take(HashLength).All(Uri.IsHexDigit)
            && string.CompareOrdinal(name, hash + HashLength, Separator, 0, Separator.Length) == 0
                ? length
                : 0;
    }
}
