using System;
using System.ComponentModel;
using System.IO;
#if !NET
using System.Runtime.InteropServices;
#endif

namespace ObjWatch.Trace.Files;

/// <summary>Creates files that only their owner can read: a trace holds whatever the program holds.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PrivateFile
{
    private const int Attempts = 5;

    /// <summary>Creates a file in place of the one that may be there. It never writes through a symbolic link, nor into what is no
    /// file.</summary>
    /// <exception cref="FileInUseException">Another process is writing the file.</exception>
    public static FileStream Create(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        SharedFolders.RefuseLinks(folder);
        Directory.CreateDirectory(folder);
        for (int attempt = 1; ; attempt++)
        {
            FileStream? previous = OpenPrevious(path);
            try
            {
                if (previous != null)
                    Delete(path, previous);
                return CreateNew(path);
            }
            catch (IOException failure) when (failure is not FileNotFoundException && File.Exists(path))
            {
                // Another process was faster. It holds the file now, unless it has ended already.
                if (attempt == Attempts)
                    throw new FileInUseException(path, failure);
            }
            finally
            {
                previous?.Dispose();
            }
        }
    }

    /// <summary>Gives a file another name, in place of the file that may have that name.</summary>
    /// <exception cref="FileInUseException">Another process is writing that file.</exception>
    public static void Move(string path, string other)
    {
        using (FileStream? previous = OpenPrevious(other))
        {
            if (previous != null)
                Delete(other, previous);
        }

        File.Move(path, other);
    }

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lockOnIt">What keeps others from writing it; may be closed for this.</param>
    public static void Delete(string path, FileStream? lockOnIt = null)
    {
        try
        {
            File.Delete(path);
        }
        catch (UnauthorizedAccessException) when (Path.DirectorySeparatorChar != '/')
        {
            lockOnIt?.Dispose();
            Unlink(path, lockOnIt == null ? FileShare.ReadWrite | FileShare.Delete : Alone);
        }
    }

    /// <summary>Takes a file's name away as Windows does it while some of the file is mapped. (By its name such a file cannot be deleted:
    /// "there's an existing mapped view", says the documentation of FILE_DISPOSITION_INFORMATION_EX.)</summary>
    /// <exception cref="IOException">Others have opened it in ways that <paramref name="share"/> does not allow.</exception>
    internal static void Unlink(string path, FileShare share) =>
        new FileStream(path, FileMode.Open, FileAccess.ReadWrite, share, 1, FileOptions.DeleteOnClose).Dispose();

    /// <summary>Opens what is there: whoever writes it holds a lock, which ends with its process.</summary>
    private static FileStream? OpenPrevious(string path)
    {
        FileAttributes attributes;
        try
        {
            attributes = File.GetAttributes(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if ((attributes & FileAttributes.ReparsePoint) != 0)
            throw new IOException($"{path} is a symbolic link; remove it or choose another output");
        if ((attributes & FileAttributes.Directory) != 0)
            throw new IOException($"{path} is a directory; choose another output");
        FileStream previous;
        try
        {
            previous = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, Alone, 1);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (IOException failure)
        {
            throw new FileInUseException(path, failure);
        }

        if (IsRegular(previous))
            return previous;
        previous.Dispose();
        throw new IOException($"{path} is no regular file; choose another output");
    }

    /// <summary>Whether a file has a length that can be set, which devices have not. Some of them, as the null device, can be seeked in all
    /// the same.</summary>
    private static bool IsRegular(FileStream file)
    {
        try
        {
            if (file.CanSeek)
                file.SetLength(file.Length);
            return file.CanSeek;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>How to open a file that nobody else may be writing. On Unix all who have it open exclude this, readers too.</summary>
    private static FileShare Alone => Path.DirectorySeparatorChar == '/' ? FileShare.None : FileShare.Read | FileShare.Delete;

    /// <summary>Creates a file where there is none.</summary>
    internal static FileStream CreateNew(string path)
    {
#if NET
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read | FileShare.Delete, BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
#else
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 1);
        if (Path.DirectorySeparatorChar == '/')
            _ = ChangeMode(path, 0x180); // 0600
        return file;
#endif
    }

#if !NET
    [DllImport("libc", EntryPoint = "chmod")]
    private static extern int ChangeMode([MarshalAs(UnmanagedType.LPStr)] string path, uint mode);
#endif
}
