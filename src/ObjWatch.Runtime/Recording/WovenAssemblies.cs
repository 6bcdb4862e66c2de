using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Format;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>The woven assemblies of this process. The first one starts tracing.</summary>
internal static class WovenAssemblies
{
    private static readonly object _gate = new();
    private static int _nextSite = 1;
    private static WovenAssembly[] _assemblies = [];
    private static SitePolicy? _policy;
    private static bool _paused;

    /// <summary>Whether there is one.</summary>
    public static bool Any { get; private set; }

    /// <summary>What the build of the first one that says anything decided, by option name.</summary>
    public static IReadOnlyDictionary<string, string> BuildOptions { get; private set; } = new Dictionary<string, string>();

    /// <summary>What the session that runs wants of each site; null when none runs.</summary>
    public static SitePolicy? Policy => Volatile.Read(ref _policy);

    /// <summary>Hands out site numbers to an assembly, puts its table into the trace, and starts tracing with the first one. Never throws.</summary>
    public static int Register(Type anchor, int siteCount) =>
        Register(() => anchor.Assembly.GetManifestResourceStream(SiteTable.ResourceName), siteCount);

    /// <summary>As <see cref="Register(Type, int)"/>, for a table of sites from anywhere.</summary>
    internal static int Register(Func<Stream?> openTable, int siteCount)
    {
        WovenAssembly assembly;
        using (new Hold(_gate))
        {
            assembly = new WovenAssembly(_nextSite, Math.Max(0, siteCount), openTable);
            _nextSite += assembly.Gates.Length;
            Volatile.Write(ref _assemblies, [.. _assemblies, assembly]);
        }

        try
        {
            Define(assembly, openTable);
            SessionControl.AssemblyRegistered();
        }
        catch (Exception failure)
        {
            StandardError.Say($"error OBJW1107: a woven assembly could not be registered, nothing in it is recorded: {failure.Message}");
        }

        return assembly.First;
    }

    /// <summary>The gates of the assembly that begins with a site.</summary>
    public static byte[] Gates(int firstSite) =>
        Array.Find(Volatile.Read(ref _assemblies), assembly => assembly.First == firstSite)!.Gates;

    /// <summary>The assembly that has a site, and what the session that runs wants of it.</summary>
    public static void Find(int site, out WovenAssembly? assembly, out SitePolicy? policy)
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
    public static void Apply(SitePolicy policy)
    {
        using (new Hold(_gate))
        {
            Volatile.Write(ref _policy, policy);
            _paused = false;
            Switch();
        }
    }

    /// <summary>Switches all sites off, or on again, for a while.</summary>
    public static void Pause(SitePolicy policy, bool paused)
    {
        using (new Hold(_gate))
        {
            if (_policy != policy)
                return;
            _paused = paused;
            Switch();
        }
    }

    /// <summary>Switches all sites off, if they are still as the session wants them.</summary>
    public static void Clear(SitePolicy policy)
    {
        using (new Hold(_gate))
        {
            if (_policy != policy)
                return;
            _paused = true;
            Switch();
            Volatile.Write(ref _policy, null);
        }
    }

    /// <summary>How many events each site's limit has left out in the session.</summary>
    public static IEnumerable<(int Site, long Count)> LeftOut(SitePolicy policy)
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

    private static void Define(WovenAssembly assembly, Func<Stream?> openTable)
    {
        using Stream resource = openTable() ?? throw new InvalidDataException($"it has no resource {SiteTable.ResourceName}");
        var table = new MemoryStream();
        resource.CopyTo(table);
        using (new Hold(_gate))
        {
            if (BuildOptions.Count == 0)
            {
                table.Position = 0;
                BuildOptions = SiteTable.ReadOptions(table);
            }

            Any = true;
        }

        Definitions.AddSites(assembly.First, table.ToArray());
        using (new Hold(_gate))
        {
            assembly.IsDefined = true;
            assembly.Apply(_paused ? null : _policy);
        }
    }

    private static void Switch()
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
