using System;
using System.Runtime.InteropServices;

namespace ObjWatch.Ranks;

/// <summary>
/// The few functions of an MPI library that is in this process already. One binding serves Open MPI, whose handles are addresses of
/// exported symbols, and MPICH and its kin, whose handles are numbers: both travel in a register of a pointer's size.
/// </summary>
internal sealed unsafe class MpiLibrary
{
    private const int Lazy = 1;
    private const int OnlyIfLoaded = 4;
    private const int MpichWorld = 0x44000000;

    // MPI_Status is 24 bytes or less in all of them.
    private const int StatusSize = 128;

    private readonly delegate* unmanaged[Cdecl]<int*, int> _initialized;
    private readonly delegate* unmanaged[Cdecl]<int*, int> _finalized;
    private readonly delegate* unmanaged[Cdecl]<int*, int> _isMainThread;
    private readonly delegate* unmanaged[Cdecl]<IntPtr, int*, int> _rank;
    private readonly delegate* unmanaged[Cdecl]<IntPtr, int*, int> _size;
    private readonly delegate* unmanaged[Cdecl]<IntPtr, IntPtr*, int> _beginBarrier;
    private readonly delegate* unmanaged[Cdecl]<IntPtr*, int*, byte*, int> _test;
    private readonly IntPtr _world;

    private MpiLibrary(IntPtr library)
    {
        _initialized = (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "MPI_Initialized");
        _finalized = (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "MPI_Finalized");
        _isMainThread = (delegate* unmanaged[Cdecl]<int*, int>)Symbol(library, "MPI_Is_thread_main");
        _rank = (delegate* unmanaged[Cdecl]<IntPtr, int*, int>)Symbol(library, "MPI_Comm_rank");
        _size = (delegate* unmanaged[Cdecl]<IntPtr, int*, int>)Symbol(library, "MPI_Comm_size");
        _beginBarrier = (delegate* unmanaged[Cdecl]<IntPtr, IntPtr*, int>)Symbol(library, "MPI_Ibarrier");
        _test = (delegate* unmanaged[Cdecl]<IntPtr*, int*, byte*, int>)Symbol(library, "MPI_Test");
        IntPtr openMpiWorld = FindSymbol(library, "ompi_mpi_comm_world");
        _world = openMpiWorld != IntPtr.Zero ? openMpiWorld : (IntPtr)MpichWorld;
    }

    /// <summary>Whether it can be asked anything: initialised and not yet finalised. These two questions are allowed at any time, on any
    /// thread (MPI 3.1, 12.4.1 and 8.7.1).</summary>
    public bool IsAlive => Answer(_initialized) && !IsOver;

    /// <summary>Whether it has been finalised: it can never be asked again.</summary>
    public bool IsOver => Answer(_finalized);

    /// <summary>Whether the calling thread is the one that initialised it. As it also has to be the one that finalises it, nothing can
    /// happen to MPI while this thread asks.</summary>
    public bool IsMainThread => Answer(_isMainThread);

    /// <summary>Binds a library that has been loaded; null if it lacks one of the functions.</summary>
    /// <exception cref="EntryPointNotFoundException">A function is missing.</exception>
    public static MpiLibrary? Bind(string path)
    {
        IntPtr library = Open(path, Lazy | OnlyIfLoaded);
        return library == IntPtr.Zero ? null : new MpiLibrary(library);
    }

    /// <summary>The rank and the size of the world.</summary>
    public RankInfo Rank()
    {
        int rank;
        int size;
        if (_rank(_world, &rank) != 0 || _size(_world, &size) != 0)
            throw new InvalidOperationException("MPI does not tell the rank");
        return new RankInfo(rank, size);
    }

    /// <summary>Enters a barrier.</summary>
    /// <returns>The request that <see cref="IsDone"/> asks for.</returns>
    public IntPtr BeginBarrier()
    {
        IntPtr request = IntPtr.Zero;
        if (_beginBarrier(_world, &request) != 0)
            throw new InvalidOperationException("MPI refuses the barrier");
        return request;
    }

    /// <summary>Whether a request is done.</summary>
    public bool IsDone(ref IntPtr request)
    {
        int done;
        byte* status = stackalloc byte[StatusSize];
        fixed (IntPtr* pointer = &request)
        {
            if (_test(pointer, &done, status) != 0)
                throw new InvalidOperationException("MPI cannot tell whether the barrier is done");
        }

        return done != 0;
    }

    private static bool Answer(delegate* unmanaged[Cdecl]<int*, int> question)
    {
        int answer = 0;
        return question(&answer) == 0 && answer != 0;
    }

    private static IntPtr Symbol(IntPtr library, string name)
    {
        IntPtr symbol = FindSymbol(library, name);
        return symbol != IntPtr.Zero ? symbol : throw new EntryPointNotFoundException($"the MPI library has no {name}");
    }

    [DllImport("libc", EntryPoint = "dlopen", CallingConvention = CallingConvention.Cdecl)]
    private static extern IntPtr Open([MarshalAs(UnmanagedType.LPStr)] string path, int flags);

    [DllImport("libc", EntryPoint = "dlsym", CallingConvention = CallingConvention.Cdecl)]
    private static extern IntPtr FindSymbol(IntPtr library, [MarshalAs(UnmanagedType.LPStr)] string name);
}
