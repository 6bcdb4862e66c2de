using System;
using System.Collections.Generic;
using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.Threading;

namespace ObjWatch.Ranks;

/// <summary>
/// Finds out which rank this process is. Most often the environment has told it before anything is recorded. Else whoever may know is
/// asked, at each event while <see cref="Asking"/>, until the rank is known; from then on there is nothing left to do.
/// </summary>
internal sealed class RankWatch : IDisposable
{
    // Far less than MPI takes to initialise, and far more than a look costs.
    private const int MillisecondsBetweenLooks = 20;

    private readonly object _gate = new();
    private readonly RankList _listed;
    private readonly List<IRankProvider> _live = [];
    private readonly bool _automatic;
    private string? _missing;
    private volatile bool _asking;
    private volatile KnownRank? _known;
    private volatile bool _excluded;
    private readonly bool _confirming;
    private Timer? _timer;
    private Action _wake = static () => { };
    private Action _decided = static () => { };

    /// <param name="settings">What was asked for.</param>
    /// <param name="final">Whether whoever may register a provider has had the opportunity to.</param>
    public RankWatch(RankSettings settings, bool final)
    {
        _listed = settings.Ranks;
        _automatic = settings.Provider == null && Framework.Same(settings.Framework, Framework.Auto);
        bool environment = _automatic || (settings.Provider == null && Framework.Same(settings.Framework, Framework.Environment));
        Choose(settings);
        if (final)
            TellMissing();
        KnownRank? own = environment ? EnvironmentRank.Own(Environment.GetEnvironmentVariable) : null;
        if ((own ?? AskLive()) is { } first)
        {
            Learn(first);
        }
        else if (environment && EnvironmentRank.OfLauncher(Environment.GetEnvironmentVariable) is { } launched)
        {
            Learn(launched);
            _confirming = _automatic;
        }
        else
        {
            _asking = !_automatic ? _live.Count > 0 : _live.Count > 1;
        }
    }

    /// <summary>Whether every event has to call <see cref="Ask"/> first.</summary>
    public bool Asking => _asking;

    /// <summary>The rank; null while it is unknown.</summary>
    public KnownRank? Known => _known;

    /// <summary>The rank's number; -1 while it is unknown.</summary>
    public int Number => _known is { } known ? known.Info.Rank : -1;

    /// <summary>Whether the rank is known and not among those that record.</summary>
    public bool Excluded => _excluded;

    /// <summary>Says who wants to know.</summary>
    /// <param name="wake">Called when <see cref="Asking"/> has become true: no thread may record without asking any more.</param>
    /// <param name="decided">Called once if the rank becomes known later than now.</param>
    public void Watch(Action wake, Action decided)
    {
        _wake = wake;
        _decided = decided;
        // Most programs never load MPI. They are not asked at each event; somebody looks now and then instead.
        if (_automatic && !_asking && (_known == null || _confirming) && LoadedLibraries.CanLook)
            _timer = new Timer(static watch => ((RankWatch)watch!).Look(), this, MillisecondsBetweenLooks, MillisecondsBetweenLooks);
    }

    /// <summary>Asks whoever may know. Called by threads that are about to record, which record nothing meanwhile.</summary>
    public void Ask()
    {
        KnownRank? found = AskLive();
        bool decided = false;
        using (new HeldLock(_gate))
        {
            if (!_asking)
                return;
            if (found == null)
            {
                _asking = _live.Count > 0 && !(_automatic && _live.Count == 1 && MpiRankProvider.Instance.IsOver);
                return;
            }

            _asking = false;
            if (_known == null)
            {
                Learn(found);
                decided = true;
            }
            else
            {
                Confirm(found);
            }
        }

        if (decided)
            _decided();
    }

    /// <summary>A provider has been registered while the session runs.</summary>
    public void Registered(IRankProvider provider)
    {
        using (new HeldLock(_gate))
        {
            bool wanted = _automatic || (_missing != null && Framework.Same(_missing, provider.Name));
            if (_known != null || !wanted)
                return;
            _missing = null;
            _live.Insert(0, provider);
            _asking = true;
        }

        _wake();
    }

    /// <summary>Synchronises the ranks, if their framework is initialised and this thread may ask it.</summary>
    /// <returns>The time of the barrier; null if there was none.</returns>
    public ClockBarrier? Synchronise()
    {
        foreach (IRankProvider provider in Live())
        {
            try
            {
                if (provider is DelegateRankProvider { HasBarrier: false } || !provider.TryGetRank(out RankInfo _))
                    continue;
                ClockBarrier? barrier = ClockBarrier.Pass(provider);
                if (barrier == null)
                {
                    StandardError.Say(
                        $"warning OBJW1142: not all ranks called Tracer.Start within {ClockBarrier.Timeout.TotalSeconds:0} s; "
                        + $"rank {_known?.Info} goes on without them");
                }

                return barrier;
            }
            catch (Exception failure)
            {
                Drop(provider, failure);
            }
        }

        return null;
    }

    /// <summary>The session ends.</summary>
    public void Dispose()
    {
        TellMissing();
        _asking = false;
        _timer?.Dispose();
    }

    private void Choose(RankSettings settings)
    {
        if (settings.Provider != null)
        {
            _live.Add(settings.Provider);
            return;
        }

        if (_automatic)
            _live.AddRange(RankRegistry.All());
        if (_automatic || Framework.Same(settings.Framework, Framework.Mpi))
            _live.Add(MpiRankProvider.Instance);
        if (Framework.IsBuiltIn(settings.Framework))
            return;
        _missing = settings.Framework;
        foreach (IRankProvider provider in RankRegistry.All())
        {
            if (!Framework.Same(provider.Name, settings.Framework))
                continue;
            _live.Add(provider);
            _missing = null;
        }
    }

    private void TellMissing()
    {
        if (_missing != null)
        {
            StandardError.Say(
                $"error OBJW1141: there is no framework '{_missing}', so the rank stays unknown; known are {Framework.Known()}");
        }

        _missing = null;
    }

    private KnownRank? AskLive()
    {
        foreach (IRankProvider provider in Live())
        {
            try
            {
                if (provider.TryGetRank(out RankInfo info))
                    return new KnownRank(info, provider.Name);
            }
            catch (Exception failure)
            {
                Drop(provider, failure);
            }
        }

        return null;
    }

    private IRankProvider[] Live()
    {
        using (new HeldLock(_gate))
            return _live.ToArray();
    }

    private void Drop(IRankProvider provider, Exception failure)
    {
        using (new HeldLock(_gate))
        {
            if (!_live.Remove(provider))
                return;
        }

        StandardError.Say(
            $"warning OBJW1144: '{provider.Name}' cannot tell the rank and is not asked again: "
            + $"{failure.GetType().Name}: {failure.Message}");
    }

    private void Learn(KnownRank known)
    {
        _known = known;
        _excluded = !_listed.Contains(known.Info.Rank);
        if (known.Info is { Rank: 0, Size: > 0 } && _listed.Lowest >= known.Info.Size)
        {
            StandardError.Say(
                $"warning OBJW1145: nothing is recorded: there are {known.Info.Size} ranks, from 0 on, and none of them is in '{_listed}'");
        }
    }

    private void Confirm(KnownRank live)
    {
        RankInfo told = _known!.Info;
        if (live.Info.Rank != told.Rank || (told.Size != 0 && live.Info.Size != told.Size))
        {
            StandardError.Say(
                $"warning OBJW1143: the environment ({_known.Source}) says that this is rank {told}, {live.Source} says {live.Info}; "
                + "the environment's is taken. Do the launcher and the MPI library belong together?");
        }
    }

    private void Look()
    {
        try
        {
            if (!MpiRankProvider.Instance.IsLoaded())
                return;
            _timer?.Dispose();
            using (new HeldLock(_gate))
                _asking = _known == null || _confirming;
            _wake();
        }
        catch (Exception failure)
        {
            _timer?.Dispose();
            Drop(MpiRankProvider.Instance, failure);
        }
    }
}
