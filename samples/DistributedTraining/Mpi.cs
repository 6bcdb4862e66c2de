using System;
using System.Runtime.InteropServices;

namespace DistributedTraining;

/// <summary>
/// The little of MPI that the training needs, for Open MPI and MPICH alike: every handle travels as a pointer-sized number, which is what the one has (addresses of
/// exported symbols) and what the other reads the lower half of (constants).
/// </summary>
public static unsafe class Mpi
{
    private const string OpenMpi = "libmpi.so.40";
    private const string Mpich = "libmpich.so.12";
    private const string MpichOfOthers = "libmpi.so.12";
    private const int Lazy = 1;
    private const int Global = 0x100;
    private const int OnlyTheMainThread = 1;

    private static nint _library;
    private static nint _world;
    private static nint _float;
    private static nint _sum;
    private static nint _inPlace;

    /// <summary>This process's number.</summary>
    public static int Rank { get; private set; }

    /// <summary>How many processes there are.</summary>
    public static int Size { get; private set; } = 1;

    /// <summary>Loads and initialises MPI, where this process was started by an MPI launcher.</summary>
    public static void Initialize()
    {
        bool openMpi = Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") is not null;
        if (!openMpi && Environment.GetEnvironmentVariable("PMI_RANK") is null)
            return;
        // Debian's MPICH brings UCX, which would take .NET's handler of SIGSEGV: a NullReferenceException would be a crash.
        _ = SetVariable("UCX_ERROR_SIGNALS", "", 0);
        foreach (string name in openMpi ? new[] { OpenMpi } : [MpichOfOthers, Mpich])
        {
            if (_library == 0)
                _library = Open(name, Lazy | Global);
        }

        if (_library == 0)
            throw new DllNotFoundException("There is no MPI library that belongs to the launcher.");
        ChooseHandles();
        int given;
        Check(((delegate* unmanaged<void*, void*, int, int*, int>)Function("MPI_Init_thread"))(null, null, OnlyTheMainThread, &given), "MPI_Init_thread");
        Rank = Ask("MPI_Comm_rank");
        Size = Ask("MPI_Comm_size");
    }

    /// <summary>Gives every rank the numbers of the first.</summary>
    public static void Broadcast(Span<float> numbers)
    {
        if (_library == 0)
            return;
        fixed (float* first = numbers)
            Check(((delegate* unmanaged<void*, int, nint, int, nint, int>)Function("MPI_Bcast"))(first, numbers.Length, _float, 0, _world), "MPI_Bcast");
    }

    /// <summary>Gives every rank the sums of all ranks' numbers.</summary>
    public static void Sum(Span<float> numbers)
    {
        if (_library == 0)
            return;
        fixed (float* first = numbers)
            Check(((delegate* unmanaged<nint, void*, int, nint, nint, nint, int>)Function("MPI_Allreduce"))(_inPlace, first, numbers.Length, _float, _sum, _world), "MPI_Allreduce");
    }

    /// <summary>Ends MPI.</summary>
    public static void Finish()
    {
        if (_library != 0)
            Check(((delegate* unmanaged<int>)Function("MPI_Finalize"))(), "MPI_Finalize");
    }

    private static void ChooseHandles()
    {
        if (NativeLibrary.TryGetExport(_library, "ompi_mpi_comm_world", out _world))
        {
            (_float, _sum, _inPlace) = (Function("ompi_mpi_float"), Function("ompi_mpi_op_sum"), 1);
            return;
        }

        (_world, _float, _sum, _inPlace) = (0x44000000, 0x4c00040a, 0x58000003, -1);
    }

    private static int Ask(string question)
    {
        int answer;
        Check(((delegate* unmanaged<nint, int*, int>)Function(question))(_world, &answer), question);
        return answer;
    }

    private static nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private static void Check(int result, string what)
    {
        if (result != 0)
            throw new InvalidOperationException($"{what} failed with {result}.");
    }

    // Open MPI finds its own parts only if it is loaded for all to see, which .NET's loader does not do.
    [DllImport("libc", EntryPoint = "dlopen")]
    private static extern nint Open([MarshalAs(UnmanagedType.LPStr)] string name, int flags);

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPStr)] string name, [MarshalAs(UnmanagedType.LPStr)] string value, int overwrite);
}
