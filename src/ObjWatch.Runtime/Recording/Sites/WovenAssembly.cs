using System;
using System.IO;
using System.Threading;
using ObjWatch.Recording.Events;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording.Sites;

/// <summary>A woven assembly of this process: its sites, and what the session that runs does at each.</summary>
internal sealed class WovenAssembly
{
    private readonly Func<Stream?> _openTable;
    private readonly bool _usable;
    private SiteTable? _table;
    private SitePolicy? _policy;
    private byte[] _flags = [];
    private CallPlan?[] _plans = [];
    private long[] _counts = [];

    /// <param name="first">The number of its first site.</param>
    /// <param name="count">How many sites it has.</param>
    /// <param name="openTable">Opens its table of sites.</param>
    public WovenAssembly(int first, int count, Func<Stream?> openTable)
    {
        First = first;
        Gates = new byte[count];
        _openTable = openTable;
        _usable = SiteFlags.Holds(first, count);
        if (_usable)
            SiteFlags.Set(first, Gates);
    }

    /// <summary>The number of its first site.</summary>
    public int First { get; }

    /// <summary>Whether the trace knows it.</summary>
    public bool IsDefined { get; set; }

    /// <summary>What its methods test first: zero at a method's site while the method is not traced.</summary>
    public byte[] Gates { get; }

    /// <summary>What the weaver knew.</summary>
    /// <exception cref="InvalidDataException">There is no table, or it is damaged.</exception>
    public SiteTable Table
    {
        get
        {
            if (_table != null)
                return _table;
            using Stream resource = _openTable() ?? throw new InvalidDataException($"it has no resource {SiteTable.ResourceName}");
            var bytes = new MemoryStream();
            resource.CopyTo(bytes);
            bytes.Position = 0;
            return _table = SiteTable.Read(bytes);
        }
    }

    /// <summary>Switches its sites to what a session wants of them, or all off. Callers hold a lock.</summary>
    public void Apply(SitePolicy? policy)
    {
        if (!_usable || !IsDefined)
            return;
        if (policy != null && policy != _policy)
        {
            _flags = policy.FlagsOf(Table, Gates.Length);
            _plans = new CallPlan?[Gates.Length];
            _counts = policy.EventLimit > 0 ? new long[Gates.Length] : [];
            Volatile.Write(ref _policy, policy);
        }

        byte[] flags = policy == null ? new byte[Gates.Length] : _flags;
        SiteFlags.Set(First, flags);
        Array.Copy(flags, Gates, flags.Length);
    }

    /// <summary>Counts an event at a site.</summary>
    /// <returns>Whether the limit leaves it in.</returns>
    public bool Take(int site, long limit)
    {
        long[] counts = Volatile.Read(ref _counts);
        if (counts.Length == 0)
            return true;
        long leftOut = Interlocked.Increment(ref counts[site - First]) - limit;
        if (leftOut <= 0)
            return true;
        // Now and then the trace is told: its process may be killed before the last count is known.
        if ((leftOut & (leftOut - 1)) == 0)
            TracedProcess.This.Current?.Definitions.WriteLeftOut(site, leftOut);
        return false;
    }

    /// <summary>How many events at the site with an index were left out.</summary>
    public long LeftOut(int index, long limit) => index < _counts.Length ? Math.Max(0, Interlocked.Read(ref _counts[index]) - limit) : 0;

    /// <summary>How the calls of a method are to be recorded.</summary>
    public CallPlan PlanOf(int site, SitePolicy policy)
    {
        CallPlan?[] plans = Volatile.Read(ref _plans);
        CallPlan? plan = plans[site - First];
        if (plan == null || plan.Policy != policy)
            plans[site - First] = plan = policy.PlanOf(Table, site - First);
        return plan;
    }
}
