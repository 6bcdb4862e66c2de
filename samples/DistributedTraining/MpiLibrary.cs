using System;
using System.Runtime.InteropServices;

namespace DistributedTraining;

/// <summary>
/// The few functions of MPI that the training calls. One binding serves Open MPI and MPICH, because every handle travels as a native
/// integer: Open MPI's are the addresses of exported symbols, MPICH's (and its relatives') are numbers fixed by its binary interface.
/// </summary>
internal sealed partial class MpiLibrary
{
    private const string OpenMpi = "libmpi.so.40";
    private const string Mpich = "libmpich.so.12";
    private const string MpichCompatible = "libmpi.so.12";
    private const int OnlyTheMainThreadCalls = 1;

    private readonly nint _library;
    private readonly nint _world;
    private readonly nint _float;
    private readonly nint _double;
    private readonly nint _sum;
    private readonly nint _inPlace;

    private MpiLibrary(nint library)
    {
        _library = library;
        bool isOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _world);
        Name = isOpenMpi ? "Open MPI" : "MPICH";
        _world = isOpenMpi ? _world : 0x44000000;
        _float = isOpenMpi ? Export("ompi_mpi_float") : 0x4c00040a;
        _double = isOpenMpi ? Export("ompi_mpi_double") : 0x4c00080b;
        _sum = isOpenMpi ? Export("ompi_mpi_op_sum") : 0x58000003;
        _inPlace = isOpenMpi ? 1 : -1;
    }

    /// <summary>Which MPI it is.</summary>
    public string Name { get; }

    /// <summary>The library that speaks with the launcher of this process; <see langword="null"/> when no launcher of MPI started
    /// it.</summary>
    /// <exception cref="DllNotFoundException">A launcher started the process, but there is no library of MPI.</exception>
    public static MpiLibrary? OfLauncher()
    {
        string[] names;
        if (IsSet("OMPI_COMM_WORLD_RANK") || IsSet("PMIX_RANK"))
            names = [OpenMpi, MpichCompatible, Mpich];
        else if (IsSet("PMI_RANK"))
            names = [MpichCompatible, Mpich, OpenMpi];
        else
            return null;

        // UCX, which Debian's MPICH brings, would take over the signal from which .NET makes a NullReferenceException.
        _ = SetVariable("UCX_ERROR_SIGNALS", "", overwrite: 0);
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return new MpiLibrary(library);
        }

        throw new DllNotFoundException($"A launcher of MPI started this process, but none of {string.Join(", ", names)} can be loaded.");
    }

    public unsafe void Initialize()
    {
        int provided;
        var initialize = (delegate* unmanaged<nint, nint, int, int*, int>)Export("MPI_Init_thread");
        Check(initialize(0, 0, OnlyTheMainThreadCalls, &provided), "MPI_Init_thread");
    }

    public unsafe void Finish()
    {
        var finish = (delegate* unmanaged<int>)Export("MPI_Finalize");
        Check(finish(), "MPI_Finalize");
    }

    public int Rank() => Number("MPI_Comm_rank");

    public int Size() => Number("MPI_Comm_size");

    public unsafe void Broadcast(Span<float> values)
    {
        var broadcast = (delegate* unmanaged<nint, int, nint, int, nint, int>)Export("MPI_Bcast");
        fixed (float* first = values)
            Check(broadcast((nint)first, values.Length, _float, 0, _world), "MPI_Bcast");
    }

    public unsafe void Sum(Span<double> values)
    {
        var reduce = (delegate* unmanaged<nint, nint, int, nint, nint, nint, int>)Export("MPI_Allreduce");
        fixed (double* first = values)
            Check(reduce(_inPlace, (nint)first, values.Length, _double, _sum, _world), "MPI_Allreduce");
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;

    private static void Check(int status, string function)
    {
        if (status != 0)
            throw new InvalidOperationException($"{function} failed with {status}.");
    }

    // .NET keeps changes of the environment to itself; libraries read that of the C library.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    private unsafe int Number(string function)
    {
        int number;
        var get = (delegate* unmanaged<nint, int*, int>)Export(function);
        Check(get(_world, &number), function);
        return number;
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);
}
