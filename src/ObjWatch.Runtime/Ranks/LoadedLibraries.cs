using System;
using System.Runtime.InteropServices;

namespace ObjWatch.Ranks;

/// <summary>Looks which libraries are in this process. It loads none, and does not touch the file system. Linux only; elsewhere it finds
/// nothing.</summary>
internal static unsafe class LoadedLibraries
{
    private static readonly Visitor _firstOnly = ReadAdditions;
    private static readonly Visitor _byName = FindMpi;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Visitor(Info* library, UIntPtr size, Search* search);

    /// <summary>Whether this system can be looked at.</summary>
    public static bool CanLook { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    /// <summary>How many libraries have been loaded so far in the process's life: as long as it stays the same, no other look is
    /// needed.</summary>
    public static ulong Additions()
    {
        var search = default(Search);
        if (CanLook)
            _ = Iterate(_firstOnly, &search);
        return search.Additions;
    }

    /// <summary>The path of the MPI library in this process, or null.</summary>
    public static string? MpiPath()
    {
        var search = default(Search);
        if (CanLook)
            _ = Iterate(_byName, &search);
        return search.Path == null ? null : Marshal.PtrToStringAnsi((IntPtr)search.Path);
    }

    private static int ReadAdditions(Info* library, UIntPtr size, Search* search)
    {
        search->Additions = library->Additions;
        return 1;
    }

    private static int FindMpi(Info* library, UIntPtr size, Search* search)
    {
        byte* name = library->Name;
        if (name == null)
            return 0;
        for (byte* position = name; *position != 0; position++)
        {
            if (*position == '/')
                name = position + 1;
        }

        if (!StartsWith(name, "libmpi.so"u8) && !StartsWith(name, "libmpich.so"u8))
            return 0;
        search->Path = library->Name;
        return 1;
    }

    private static bool StartsWith(byte* name, ReadOnlySpan<byte> start)
    {
        // A character that differs ends the comparison, so it does not run over the name's end.
        for (int i = 0; i < start.Length; i++)
        {
            if (name[i] != start[i])
                return false;
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "dl_iterate_phdr", CallingConvention = CallingConvention.Cdecl)]
    private static extern int Iterate(Visitor visitor, Search* search);

    private struct Search
    {
        public ulong Additions;
        public byte* Path;
    }

    /// <summary>The beginning of the C library's <c>struct dl_phdr_info</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Info
    {
        public IntPtr Address;
        public byte* Name;
        public IntPtr Headers;
        public ushort HeaderCount;
        public ulong Additions;
        public ulong Removals;
    }
}
