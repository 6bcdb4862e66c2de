using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Naming;

namespace ObjWatch.Recording.Sites;

/// <summary>The woven assemblies of this process.</summary>
internal sealed class WovenAssemblies
{
    private readonly object _gate = new();
    private int _nextSite = 1;
    private WovenAssembly[] _assemblies = [];
    private SitePolicy? _policy;
    private bool _paused;
    private IReadOnlyDictionary<string, string> _buildOptions = new Dictionary<string, string>();
    private volatile bool _any;

    /// <summary>Whether there is one.</summary>
    public bool Any => _any;

    /// <summary>What the build of the first one that says anything decided, by option name.</summary>
    public IReadOnlyDictionary<string, string> BuildOptions => Volatile.Read(ref _buildOptions);

    /// <summary>What the session that runs wants of each site; null when none runs.</summary>
    public SitePolicy? Policy => Volatile.Read(ref _policy);

    /// <summary>Hands out site numbers to an assembly, and puts its table into the trace. Never throws.</summary>
    /// <param name="openTable">Opens its table of sites.</param>
    /// <param name="siteCount">How many sites it has.</param>
    /// <param name="registered">Called then.</param>
    /// <returns>The number of its first site.</returns>
    public int Register(Func<Stream?> openTable, int siteCount, Action registered)
    {
        WovenAssembly assembly;
        using (new HeldLock(_gate))
        {
            assembly = new WovenAssembly(_nextSite, Math.Max(0, siteCount), openTable);
            _nextSite += assembly.Gates.Length;
            Volatile.Write(ref _assemblies, [.. _assemblies, assembly]);
        }

        try
        {
            Define(assembly, openTable);
            registered();
        }
        catch (Exception failure)
        {
            StandardError.Say($"error OBJW1107: a woven assembly could not be registered, nothing in it is recorded: {failure.Message}");
        }

        return assembly.First;
    }

    /// <summary>The gates of the assembly that begins with a site.</summary>
    public byte[] Gates(int firstSite) =>
        Array.Find(Volatile.Read(ref _assemblies), assembly => assembly.First == firstSite)!.Gates;

    /// <summary>The assembly that has a site, and what the session that runs wants of it.</summary>
    public void Find(int site, out WovenAssembly? assembly, out SitePolicy? policy)
    {
        policy = Policy;
        assembly = null;
        foreach (WovenAssembly candidate in Volatile.Read(ref _assemblies))
        {
            if ((uint)(site - candidate.First) < (uint)candidate.Gates.Length)
                assembly = candidate;
        }
    }

    /// <summary>Switches all sites to what a session wants of them.</summary>
    public void Apply(SitePolicy policy)
    {
        using (new HeldLock(_gate))
        {
            Volatile.Write(ref _policy, policy);
            _paused = false;
            Switch();
        }
    }

    /// <summary>Switches all sites off, or on again, for a while.</summary>
    public void Pause(SitePolicy policy, bool paused)
    {
        using (new HeldLock(_gate))
        {
            if (_policy != policy)
                return;
            _paused = paused;
            Switch();
        }
    }

    /// <summary>Switches all sites off, if they are still as the session wants them.</summary>
    public void Clear(SitePolicy policy)
    {
        using (new HeldLock(_gate))
        {
            if (_policy != policy)
                return;
            _paused = true;
            Switch();
            Volatile.Write(ref _policy, null);
        }
    }

    /// <summary>How many events each site's limit has left out in the session.</summary>
    public IEnumerable<(int Site, long Count)> LeftOut(SitePolicy policy)
    {
        if (policy.EventLimit == 0)
            yield break;
        foreach (WovenAssembly assembly in Volatile.Read(ref _assemblies))
        {
            for (int i = 0; i < assembly.Gates.Length; i++)
            {
                if (assembly.LeftOut(i, policy.EventLimit) is > 0 and var count)
                    yield return (assembly.First + i, count);
            }
        }
    }

    private void Define(WovenAssembly assembly, Func<Stream?> openTable)
    {
        using Stream resource = openTable() ?? throw new InvalidDataException($"it has no resource {SiteTable.ResourceName}");
        var table = new MemoryStream();
        resource.CopyTo(table);
        using (new HeldLock(_gate))
        {
            if (_buildOptions.Count == 0)
            {
                table.Position = 0;
                Volatile.Write(ref _buildOptions, SiteTable.ReadOptions(table));
            }

            _any = true;
        }

        Definitions.OfProcess.AddSites(assembly.First, table.ToArray());
        using (new HeldLock(_gate))
        {
            assembly.IsDefined = true;
            assembly.Apply(_paused ? null : _policy);
        }
    }

    private void Switch()
    {
        foreach (WovenAssembly assembly in _assemblies)
        {
            try
            {
                assembly.Apply(_paused ? null : _policy);
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException)
            {
                StandardError.Say($"error OBJW1107: a woven assembly could not be read, nothing in it is recorded: {failure.Message}");
            }
        }
    }
}
