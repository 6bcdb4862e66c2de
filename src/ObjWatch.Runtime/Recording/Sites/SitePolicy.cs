using System.Linq;
using ObjWatch.Diagnostics;
using ObjWatch.Recording.Events;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;
using ObjWatch.Values.Redacting;

namespace ObjWatch.Recording.Sites;

/// <summary>What a session wants of each site: which of what was woven is recorded, and what of it is filtered.</summary>
internal sealed class SitePolicy
{
    private readonly Redaction _redaction;
    private readonly SiteNarrowing _narrowing;

    public SitePolicy(SiteOptions options)
    {
        _redaction = options.Redaction;
        _narrowing = new SiteNarrowing(options);
        Texts = options.Texts;
        EventLimit = options.EventLimit;
        MaximumDepth = options.MaximumDepth;
    }

    /// <summary>Makes the texts, or null.</summary>
    public ITextMaker? Texts { get; }

    /// <summary>Most events at one site; 0: no limit.</summary>
    public int EventLimit { get; }

    /// <summary>Most calls in each other that are recorded; 0: no limit.</summary>
    public int MaximumDepth { get; }

    /// <summary>Says which targets and exclusions mean nothing of what has been woven and loaded: most often they are misspelt.</summary>
    public void TellIdleTargets()
    {
        foreach (Target target in _narrowing.Idle)
            StandardError.SayOnce($"warning OBJW1116: '{target}' in Targets or Exclude means nothing of what was woven and loaded");
    }

    /// <summary>The flags of an assembly's sites.</summary>
    public byte[] FlagsOf(SiteTable table, int count)
    {
        var flags = new byte[count];
        bool[] traced = table.Methods.Select(method => _narrowing.Traces(table, method)).ToArray();
        bool[] watched = table.Members.Select(member => _narrowing.Watches(table, member)).ToArray();
        bool[] redacted = table.Members.Select(IsRedacted).ToArray();
        var holdsEvents = new bool[traced.Length];
        int sites = System.Math.Min(count, table.Sites.Count);
        for (int i = 0; i < sites; i++)
        {
            SiteEntry site = table.Sites[i];
            if (site.Kind == SiteKind.Method || site.Method < 0)
                continue;
            bool on = site.Member < 0 || table.Members[site.Member].Kind == MemberKind.Local
                ? traced[site.Method] && (site.Member < 0 || watched[site.Member])
                : watched[site.Member];
            if (!on)
                continue;
            holdsEvents[site.Method] = true;
            bool hasValues = site.Kind == SiteKind.Store && site.Member >= 0;
            flags[i] = (byte)(Common(hasValues) | (hasValues && redacted[site.Member] ? SiteFlag.Redacted : 0));
        }

        for (int i = 0; i < sites; i++)
        {
            SiteEntry site = table.Sites[i];
            if (site.Kind == SiteKind.Method && site.Method >= 0)
                flags[i] = (byte)OfMethod(table.Methods[site.Method], traced[site.Method], holdsEvents[site.Method]);
        }

        return flags;
    }

    /// <summary>How the calls of the method at a site are recorded.</summary>
    public CallPlan PlanOf(SiteTable table, int index)
    {
        MethodEntry method = table.Methods[table.Sites[index].Method];
        string[] self = (method.Flags & MethodFlags.Static) == 0 ? ["this"] : [];
        return new CallPlan(
            this,
            method.QualifiedName,
            [.. self, .. method.Parameters.Select(parameter => parameter.Name)],
            [.. self.Select(_ => method.TypeName), .. method.Parameters.Select(parameter => parameter.TypeName)],
            [.. self.Select(_ => false), .. Enumerable.Range(0, method.Parameters.Count).Select(i => IsRedacted(method, i))],
            IsResultRedacted(method));
    }

    private SiteFlag OfMethod(MethodEntry method, bool traced, bool holdsEvents)
    {
        if ((method.Flags & MethodFlags.StoresOnly) != 0)
            return holdsEvents ? SiteFlag.On : SiteFlag.Off;
        if (!traced)
            return holdsEvents ? SiteFlag.On | SiteFlag.Silent : SiteFlag.Off;
        bool redacts = IsResultRedacted(method) || Enumerable.Range(0, method.Parameters.Count).Any(i => IsRedacted(method, i));
        return Common(hasValues: true) | (redacts ? SiteFlag.Redacted : 0) | (MaximumDepth > 0 ? SiteFlag.DepthLimited : 0);
    }

    private SiteFlag Common(bool hasValues) => SiteFlag.On | (EventLimit > 0 ? SiteFlag.Limited : 0)
        | (hasValues && Texts != null ? SiteFlag.Wrapped : 0);

    private bool IsRedacted(MemberEntry member) => member.Redacted || _redaction.Matches(SiteNarrowing.NameOf(member));

    private bool IsRedacted(MethodEntry method, int parameter)
    {
        ParameterEntry entry = method.Parameters[parameter];
        return entry.Redacted
            || (entry.TypeName is not ("CancellationToken" or "CancellationToken?") && _redaction.Matches(entry.Name))
            || (parameter == method.Parameters.Count - 1 && IsSetter(method.SourceName)
                && _redaction.Matches(SiteNarrowing.PropertyOf(method.SourceName)));
    }

    private bool IsResultRedacted(MethodEntry method) => (method.Flags & MethodFlags.RedactedResult) != 0
        || ((method.Flags & MethodFlags.ReturnsVoid) == 0 && _redaction.Matches(SiteNarrowing.PropertyOf(method.SourceName)));

    private static bool IsSetter(string method) => method.Contains("set_");
}
