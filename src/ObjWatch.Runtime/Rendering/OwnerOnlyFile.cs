using System.IO;

namespace ObjWatch.Rendering;

/// <summary>Creates files that hold what a program did: only their owner may read them, and nobody can redirect them with a link.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Creates a file in place of one that may exist.</summary>
    /// <exception cref="IOException">The path is a link, a device, or cannot be written.</exception>
    public static FileStream Create(string path)
    {
        string full = Path.GetFullPath(path);
        var information = new FileInfo(full);
        if ((int)information.Attributes != -1)
        {
            if ((information.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Directory | FileAttributes.Device)) != 0
                || full.StartsWith("/dev/", System.StringComparison.Ordinal))
            {
                throw new IOException($"'{full}' is not a plain file; name another output file");
            }

            // The old file is not written into: it may be linked from elsewhere, or open for others.
            File.Delete(full);
        }

#if NET8_0_OR_GREATER
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!System.OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(full, options);
#else
        return new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 1);
#endif
    }
}
