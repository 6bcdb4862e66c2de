using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Selecting;

/// <summary>
/// Decides what is traced: what <c>[ObjWatchIgnore]</c> or an exclusion means, never; what <c>[ObjWatch]</c> or a target means, always; and
/// where neither targets nor attributes say anything, everything.
/// </summary>
internal sealed class Selection : ISelection
{
    private readonly IReadOnlyList<Target> _targets;
    private readonly IReadOnlyList<Target> _exclusions;
    private readonly AttributeMarks _marks;
    private readonly SourceFiles _files;
    private readonly bool _statics;
    private readonly bool _traceUnnamed;
    private readonly Dictionary<IMemberDefinition, bool> _known = new();

    public Selection(ModuleDefinition module, IReadOnlyList<Target> targets, IReadOnlyList<Target> exclusions, bool statics)
    {
        _targets = targets;
        _exclusions = exclusions;
        _statics = statics;
        _marks = new AttributeMarks(module);
        _files = new SourceFiles(module);
        _traceUnnamed = targets.Count == 0 && !_marks.MarksMembers;
    }

    /// <summary>Reads the request's targets and exclusions; <see langword="null"/> after an error.</summary>
    public static Selection? Create(LoadedAssembly assembly, WeaveRequest request, DiagnosticSink sink)
    {
        IReadOnlyList<Target> targets = TargetList.Parse(request.Targets, "target", assembly.Path, sink);
        IReadOnlyList<Target> exclusions = TargetList.Parse(request.Exclude, "exclusion", assembly.Path, sink);
        if (sink.HasErrors)
            return null;
        var selection = new Selection(assembly.Module, targets, exclusions, request.Statics);
        using var check = new TargetCheck(assembly, sink);
        check.Check(targets, exclusions, hasMarks: selection._marks.MarksMembers);
        return sink.HasErrors ? null : selection;
    }

    public bool Traces(MethodDefinition method)
    {
        if (!_known.TryGetValue(method, out bool traces))
            _known.Add(method, traces = DecideTraces(method));
        return traces;
    }

    public bool Watches(IMemberDefinition member)
    {
        if (!_known.TryGetValue(member, out bool watches))
            _known.Add(member, watches = DecideWatches(member));
        return watches;
    }

    private bool DecideTraces(MethodDefinition method)
    {
        AttributeMark mark = _marks.Of(method);
        TargetSubject subject = ModuleMembers.Subject(method, _files);
        if (mark == AttributeMark.Ignore || _exclusions.Any(target => target.Matches(subject)))
            return false;
        return mark == AttributeMark.Trace || _traceUnnamed || _targets.Any(target => target.Matches(subject));
    }

    private bool DecideWatches(IMemberDefinition member)
    {
        AttributeMark mark = _marks.Of(member);
        TargetSubject subject = ModuleMembers.Subject(member, _files);
        if (mark == AttributeMark.Ignore || _exclusions.Any(target => target.Matches(subject)))
            return false;
        bool mustBeNamed = !_statics && ModuleMembers.IsStatic(member);
        if (mustBeNamed && _marks.OnMember(member) != AttributeMark.Trace)
            return _targets.Any(target => target.IsOfStatics && target.Matches(subject));
        return mark == AttributeMark.Trace || _traceUnnamed || _targets.Any(target => target.Matches(subject));
    }
}
