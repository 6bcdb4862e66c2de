using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Subjects.Tests;

/// <summary>A verifier of IL finds nothing in a woven method of which it had no complaint before.</summary>
/// <remarks>It is Mono's, which has not got every type that the subjects use: what uses such a type it does not look at. It looks at all of
/// CSharp7, and at nothing of Members: it knows no static abstract members.</remarks>
[TestFixtureSource(nameof(Verifiable))]
[Parallelizable(ParallelScope.Self)]
public sealed class VerifierTests
{
    private readonly Subject _subject;
    private readonly bool _optimize;

    public VerifierTests(string name, bool optimize)
    {
        _subject = new Subject(name);
        _optimize = optimize;
    }

    private static IEnumerable<TestFixtureData> Verifiable => Subject.Builds.Where(build => !build.Arguments[0]!.Equals("Members"));

    [Test]
    public void Weaving_adds_no_verification_error()
    {
        NetFramework.NeedsMono();
        using var directory = new TemporaryDirectory();
        bool isOld = _subject.Name == "CSharp7";
        CompiledProgram program = isOld
            ? NetFramework.Compile(_subject, _optimize, directory["plain"])
            : Compiler.Compile(_subject.Name, _subject.Source, _optimize, directory["plain"]);
        ILookup<string, string> before = MonoRuntime.VerificationErrors(program.AssemblyPath);

        WovenSubject woven =
            WovenSubject.WeaveForStandard(program, directory["woven"], isOld
                ? NetFramework.ReferenceAssemblies : Framework.ReferenceAssemblies());

        Assert.That(woven.Result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", woven.Errors));
        ILookup<string, string> after = MonoRuntime.VerificationErrors(woven.AssemblyPath);
        Assert.That(after.Where(method => !before.Contains(method.Key)).Select(method => $"{method.Key}: {string.Join(", ", method)}"),
            Is.Empty);
    }
}
