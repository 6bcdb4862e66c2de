using System.Collections.Generic;
using ObjWatch.Recording.Events;
using ObjWatch.Trace.Selecting;
using ObjWatch.Values.Redacting;

namespace ObjWatch.Recording.Sites;

/// <summary>What the options of a session say of sites.</summary>
/// <param name="Targets">Which of what was woven is recorded; empty: all of it.</param>
/// <param name="Exclude">Which of what was woven is not recorded.</param>
/// <param name="Locals">Whether stores to local variables are recorded.</param>
/// <param name="Statics">Whether stores to static fields are recorded that no target names.</param>
/// <param name="Redaction">What must not be recorded.</param>
/// <param name="EventLimit">Most events at one site; 0: no limit.</param>
/// <param name="MaximumDepth">Most calls in each other that are recorded; 0: no limit.</param>
/// <param name="Texts">Makes the texts, or null.</param>
internal sealed record SiteOptions(
    IReadOnlyList<Target> Targets,
    IReadOnlyList<Target> Exclude,
    bool Locals,
    bool Statics,
    Redaction Redaction,
    int EventLimit,
    int MaximumDepth,
    ITextMaker? Texts);
