using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

[assembly: LevelOfParallelism(2)]

namespace ObjWatch.Libraries.Tests;

/// <summary>A library from NuGet, woven with everything selected, does for a program that uses it widely what it did before.</summary>
/// <remarks>The large libraries make tens of millions of events. Only with <c>LARGE_LIBRARIES=1</c> in the environment are all of them
/// recorded, and all their methods compiled.</remarks>
[TestFixture("NewtonsoftJson", "Newtonsoft.Json.dll")]
[TestFixture("Humanizer", "Humanizer.dll")]
[TestFixture("Cecil", "Mono.Cecil.dll")]
[TestFixture("CsCheck", "CsCheck.dll")]
[TestFixture("NUnit", "nunit.framework.dll")]
[TestFixture("Parquet", "Parquet.dll")]
[TestFixture("Protobuf", "Google.Protobuf.dll")]
[TestFixture("Serilog", "Serilog.dll")]
[TestFixture("SpectreConsole", "Spectre.Console.dll")]
[TestFixture("FSharpCore", "FSharp.Core.dll", true)]
[TestFixture("Decompiler", "ICSharpCode.Decompiler.dll", true)]
[TestFixture("CodeAnalysis", "Microsoft.CodeAnalysis.CSharp.dll", true)]
[Parallelizable(ParallelScope.Self)]
public sealed class LibraryTests
{
    private const long FewestEvents = 100_000;
    private static readonly bool _everything = System.Environment.GetEnvironmentVariable("LARGE_LIBRARIES") == "1";

    private readonly string _driver;
    private readonly string _library;
    private readonly bool _large;
    private TemporaryDirectory _directory = null!;
    private Program _plain = null!;
    private Program _woven = null!;
    private ProcessResult _weaving = null!;
    private string _expected = null!;

    public LibraryTests(string driver, string library)
        : this(driver, library, large: false)
    {
    }

    public LibraryTests(string driver, string library, bool large)
    {
        _large = large;
        _driver = driver;
        _library = library;
    }

    [OneTimeSetUp]
    public void Weave()
    {
        _directory = new TemporaryDirectory();
        _plain = Program.Driver(_driver, _directory["plain"]);
        _woven = Program.Driver(_driver, _directory["woven"]);
        _weaving = Program.Tool(_directory["tool"])
            .Run(_directory["weaving"], traced: false, _woven[_library], "--target", "*", "--locals", "--explain");
        ProcessResult plain = _plain.Run(_directory["plain-run"], traced: false);
        Assert.That(plain.ExitCode, Is.Zero, plain.Error);
        _expected = plain.Output;
    }

    [OneTimeTearDown]
    public void Clean() => _directory.Dispose();

    [Test]
    public void Is_woven_whole()
    {
        Assert.That(_weaving.ExitCode, Is.Zero, _weaving.Output + _weaving.Error);
        Assert.That(_weaving.OutputLines.Count(line => line.StartsWith("woven ", System.StringComparison.Ordinal)), Is.GreaterThan(500));
        Assert.That(_weaving.OutputLines.Where(line => line.EndsWith(": unusual-code", System.StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Prints_the_same_traced_and_leaves_a_whole_trace()
    {
        if (_large)
        {
            TracedInBinary();
            return;
        }

        ProcessResult run = _woven.Run(_directory["traced-run"], traced: true);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo(_expected));
        string[] files = Directory.GetFiles(_directory["traced-run"]);
        Assert.That(files, Has.Length.EqualTo(1), string.Join(" ", files));
        TextTrace trace = TextTrace.Read(files[0]);
        TestContext.Out.WriteLine(
            $"{trace.Runs} run, {trace.Ends} end, {trace.Updates} upd, {trace.Lengths} apd and pop, {new FileInfo(files[0]).Length} bytes");
        Assert.That(trace.Malformed, Is.Empty);
        Assert.That(trace.Ends, Is.EqualTo(trace.Runs));
        Assert.That(trace.Events, Is.GreaterThan(FewestEvents));
    }

    [Test]
    public void Prints_the_same_and_leaves_nothing_while_tracing_is_off()
    {
        ProcessResult run = _woven.Run(_directory["off-run"], traced: false);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo(_expected));
        Assert.That(run.Error, Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(_directory["off-run"]), Is.Empty);
    }

    [Test]
    public void Every_woven_method_compiles()
    {
        if (_large && !_everything)
            Assert.Ignore("with LARGE_LIBRARIES=1 only");
        IReadOnlyList<string> before = JitCheck.Failures(_plain[_library]);

        Assert.That(JitCheck.Failures(_woven[_library]).Except(before), Is.Empty);
    }

    /// <summary>The text of so many events would fill gigabytes.</summary>
    private void TracedInBinary()
    {
        string trace = _directory["large.objtrace"];

        ProcessResult run = _woven.Run(_directory["traced-run"], traced: true, output: trace, eventLimit: _everything ? null : "500");

        File.Delete(trace);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Is.EqualTo(_expected));
        TestContext.Out.WriteLine(run.ErrorLines[^1]);
        Assert.That(run.ErrorLines[^1], Does.Match(@"^objwatch: \d{6,} events -> "));
    }
}
