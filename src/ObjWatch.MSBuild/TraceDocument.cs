using System;
using System.IO;
using System.Linq;
using System.Text;

namespace ObjWatch.MSBuild;

/// <summary>Recognises the traces among JSON and XML files by how they begin, because their names are up to the user.</summary>
internal static class TraceDocument
{
    private static readonly byte[][] _heads = new[]
    {
        "{\"ObjWatch\":{\"runtime_info\":",
        "{\"otherData\":{\"producer\":\"ObjWatch\",",
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ObjWatch ",
    }.Select(Encoding.ASCII.GetBytes).ToArray();

    private static readonly int _longest = _heads.Max(head => head.Length);

    /// <summary>Whether a file is such a trace. One that cannot be read is none: whatever needs it will say what is wrong.</summary>
    public static bool Is(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[_longest];
            int length = 0;
            for (int read; (read = file.Read(bytes, length, bytes.Length - length)) > 0;)
                length += read;
            return _heads.Any(head => length >= head.Length && bytes.Take(head.Length).SequenceEqual(head));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            return false;
        }
    }
}
