using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace ObjWatch.Cli;

/// <summary>Standard output as a stream that tells when nobody reads it any more.</summary>
internal static class StandardOutput
{
    private const int BrokenPipeOnUnix = 32;
    private const int NoDataOnWindows = unchecked((int)0x800700E8);
    private const int BrokenPipeOnWindows = unchecked((int)0x8007006D);

    /// <summary>Opens it.</summary>
    /// <remarks>The console's own stream swallows a broken pipe on Unix, so that a long trace would be rendered for nobody.</remarks>
    public static Stream Open() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>Whether a write failed because the reader has gone, as <c>head</c> does.</summary>
    public static bool IsBrokenPipe(IOException exception) =>
        exception.HResult is BrokenPipeOnUnix or NoDataOnWindows or BrokenPipeOnWindows;
}
