using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ObjWatch.Recording.Sites;

/// <summary>The <see cref="SiteFlag"/> of each site of the process, by its number.</summary>
/// <remarks>
/// Native memory at one address for the whole life of the process, so that a look costs one load. The system gives it pages when they are
/// first used: its size costs nothing.
/// </remarks>
internal static unsafe class SiteFlags
{
    /// <summary>How many sites there may be.</summary>
    public const int Capacity = 1 << 24;

    private static readonly byte* _flags = Allocate();

    /// <summary>What is to be done at a site.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SiteFlag Of(int site) => (SiteFlag)_flags[site];

    /// <summary>Whether the sites from <paramref name="first"/> on can be told apart; else they are never switched on.</summary>
    public static bool Holds(int first, int count) => _flags != null && (long)first + count <= Capacity;

    /// <summary>Sets the flags of an assembly's sites.</summary>
    public static void Set(int first, byte[] flags) => Marshal.Copy(flags, 0, (IntPtr)(_flags + first), flags.Length);

    private static byte* Allocate()
    {
        try
        {
            return (byte*)Marshal.AllocHGlobal(Capacity);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
