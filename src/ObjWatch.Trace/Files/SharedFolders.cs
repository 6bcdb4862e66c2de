using System;
using System.IO;

namespace ObjWatch.Trace.Files;

/// <summary>Folders in which everybody may make files, such as the one for temporary files.</summary>
internal static class SharedFolders
{
    /// <summary>Refuses a path that leads through a symbolic link in a shared folder: whoever made the link would say where the file
    /// goes.</summary>
    /// <exception cref="IOException">There is such a link; the message names it.</exception>
    public static void RefuseLinks(string folder)
    {
#if NET
        if (OperatingSystem.IsWindows())
            return;
        for (DirectoryInfo? part = new(folder); part?.Parent is { } parent; part = parent)
        {
            if (part.Exists && part.LinkTarget != null && (parent.UnixFileMode & UnixFileMode.OtherWrite) != 0)
                throw new IOException($"{part.FullName} is a symbolic link in a folder that everybody may write to; choose another output");
        }
#endif
    }
}
