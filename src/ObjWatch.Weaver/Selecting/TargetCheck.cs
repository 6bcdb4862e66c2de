using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Selecting;

/// <summary>Tells the user of targets that mean nothing in the assembly, which are typing errors more often than not.</summary>
internal sealed class TargetCheck : IDisposable
{
    private readonly LoadedAssembly _assembly;
    private readonly DiagnosticSink _sink;
    private readonly SourceFiles _files;
    private readonly List<TargetSubject> _seen = new();
    private readonly IEnumerator<TargetSubject> _unseen;

    public TargetCheck(LoadedAssembly assembly, DiagnosticSink sink)
    {
        _assembly = assembly;
        _sink = sink;
        _files = new SourceFiles(assembly.Module);
        _unseen = Subjects().GetEnumerator();
    }

    /// <summary>Looks at nothing more.</summary>
    public void Dispose() => _unseen.Dispose();

    /// <summary>Warns of each entry that matches nothing; it is one error when no target matches anything, unless attributes select
    /// something.</summary>
    public void Check(IReadOnlyList<Target> targets, IReadOnlyList<Target> exclusions, bool hasMarks)
    {
        List<Target> idle = targets.Where(target => !MatchesAnything(target)).ToList();
        if (idle.Count > 0 && idle.Count == targets.Count && !hasMarks)
        {
            _sink.Add(Codes.NoTargetMatches.About(_assembly.Path, string.Join("; ", idle.Select(target => $"'{target}'{Hint(target)}"))));
            return;
        }

        Warn("target", idle);
        Warn("exclusion", exclusions.Where(target => !MatchesAnything(target)));
    }

    private void Warn(string option, IEnumerable<Target> idle)
    {
        foreach (Target target in idle)
            _sink.Add(Codes.TargetMatchesNothing.About(_assembly.Path, option, target, Hint(target)));
    }

    /// <summary>Looks no further than to the first match, which for most targets comes soon.</summary>
    private bool MatchesAnything(Target target)
    {
        if (_seen.Any(target.Matches))
            return true;
        while (_unseen.MoveNext())
        {
            _seen.Add(_unseen.Current);
            if (target.Matches(_unseen.Current))
                return true;
        }

        return false;
    }

    private IEnumerable<TargetSubject> Subjects() => ModuleMembers.TypesOf(_assembly.Module)
        .SelectMany(type => type.Methods.Select(method => ModuleMembers.Subject(method, _files))
            .Concat(ModuleMembers.StateOf(type).Select(member => ModuleMembers.Subject(member, _files))));

    private string Hint(Target target)
    {
        if (target.IsOfSourceFiles && _assembly.Symbols == SymbolStorage.None)
            return " (without symbols no source file is known)";
        IReadOnlyList<string> names = NearestNames.Find(_assembly.Module, target.ToString(), _files);
        return names.Count == 0 ? "" : $" (did you mean {string.Join(" or ", names)}?)";
    }
}
