using System;
using System.Diagnostics;
using System.Threading;
using ObjWatch.Threading;

namespace ObjWatch.Ranks;

/// <summary>
/// Asks the MPI library that the program itself has loaded and initialised. It never loads or initialises one, and asks for the rank only
/// on the thread that initialised MPI: allowed at every level of thread support, and never at the same time as MPI_Finalize, after which
/// the question would end the process.
/// </summary>
internal sealed class MpiRankProvider : IRankProvider
{
    /// <summary>The only one: a process has one MPI.</summary>
    public static readonly MpiRankProvider Instance = new();

    private readonly object _gate = new();
    private volatile MpiLibrary? _library;
    private ulong _additions;

    private MpiRankProvider()
    {
    }

    public string Name => Framework.Mpi;

    /// <summary>Whether MPI has been finalised, so that it will never tell the rank.</summary>
    public bool IsOver => _library is { IsOver: true };

    /// <summary>Whether there is an MPI library in the process by now. Quick while no library has been loaded since the last
    /// look.</summary>
    public bool IsLoaded()
    {
        if (_library != null)
            return true;
        using (new HeldLock(_gate))
        {
            ulong additions = LoadedLibraries.Additions();
            if (additions == _additions)
                return _library != null;
            _additions = additions;
            string? path = LoadedLibraries.MpiPath();
            if (path != null)
                _library = MpiLibrary.Bind(path);
        }

        return _library != null;
    }

    public bool TryGetRank(out RankInfo rank)
    {
        rank = default;
        if (!IsLoaded() || _library is not { IsAlive: true, IsMainThread: true } library)
            return false;
        rank = library.Rank();
        return true;
    }

    public bool Barrier(TimeSpan timeout)
    {
        if (_library is not { } library)
            return false;
        IntPtr request = library.BeginBarrier();
        var waiting = Stopwatch.StartNew();
        while (!library.IsDone(ref request))
        {
            // The request stays open: whoever comes late finds this rank there.
            if (waiting.Elapsed > timeout)
                return false;
            Thread.Yield();
        }

        return true;
    }
}
