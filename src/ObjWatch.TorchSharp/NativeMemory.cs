using System;
using System.Runtime.InteropServices;

namespace ObjWatch.TorchSharp;

/// <summary>What the C library has handed out, as <c>mallinfo2(3)</c> says. It walks over all free blocks of the
/// heaps: a few microseconds, or milliseconds where there are tens of thousands.</summary>
internal static partial class NativeMemory
{
    /// <summary>Whether the C library of this process can say it: glibc from 2.33 on.</summary>
    public static bool IsKnown { get; } = Try();

    /// <summary>Bytes in use, and bytes held for use.</summary>
    public static (long Used, long Reserved) Read()
    {
        MallocInfo info = Query();
        return ((long)(info.UsedInArenas + info.InMappings), (long)(info.Arenas + info.InMappings));
    }

    private static bool Try()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            _ = Query();
            return true;
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial MallocInfo Query();

    /// <summary>The C library's <c>struct mallinfo2</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        /// <summary>arena: taken from the system by growing the heaps.</summary>
        public readonly nuint Arenas;
        private readonly nuint _freeChunks;
        private readonly nuint _freeFastChunks;
        private readonly nuint _mappings;

        /// <summary>hblkhd: in mappings of their own, where large blocks go.</summary>
        public readonly nuint InMappings;
        private readonly nuint _unused;
        private readonly nuint _inFreeFastChunks;

        /// <summary>uordblks: handed out from the heaps.</summary>
        public readonly nuint UsedInArenas;
        private readonly nuint _freeInArenas;
        private readonly nuint _releasable;
    }
}
