using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Diagnostics;
using ObjWatch.Trace;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>The woven assemblies of this process. The first one starts tracing.</summary>
internal static class WovenAssemblies
{
    private static readonly object _gate = new();
    private static int _nextSite = 1;

    /// <summary>Whether there is one.</summary>
    public static bool Any { get; private set; }

    /// <summary>What the build of the first one that says anything decided, by option name.</summary>
    public static IReadOnlyDictionary<string, string> BuildOptions { get; private set; } = new Dictionary<string, string>();

    /// <summary>Hands out site numbers to an assembly, puts its table into the trace, and starts tracing with the first one. Never throws.</summary>
    public static int Register(Type anchor, int siteCount) =>
        Register(() => anchor.Assembly.GetManifestResourceStream(SiteTable.ResourceName), siteCount);

    /// <summary>As <see cref="Register(Type, int)"/>, for a table of sites from anywhere.</summary>
    internal static int Register(Func<Stream?> openTable, int siteCount)
    {
        int first;
        using (new Hold(_gate))
        {
            first = _nextSite;
            _nextSite += Math.Max(0, siteCount);
        }

        try
        {
            Define(first, openTable);
            SessionControl.AssemblyRegistered();
        }
        catch (Exception failure)
        {
            StandardError.Say($"error OBJW1107: a woven assembly could not be registered, its events have no names: {failure.Message}");
        }

        return first;
    }

    private static void Define(int first, Func<Stream?> openTable)
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

        Definitions.AddSites(first, table.ToArray());
    }
}
