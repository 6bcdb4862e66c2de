using System;
using System.IO;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Libraries.Tests;

/// <summary>
/// A verifier of IL finds nothing in a woven method of a library of which it had no complaint before. It is Mono's, where that is
/// installed, so the libraries are those for netstandard2.0 and .NET Framework, of which it can load everything.
/// </summary>
[TestFixture("Newtonsoft.Json", "netstandard2.0", "Newtonsoft.Json.dll")]
[TestFixture("Mono.Cecil", "netstandard2.0", "Mono.Cecil.dll")]
[TestFixture("NUnit", "net462", "nunit.framework.dll")]
[TestFixture("Google.Protobuf", "netstandard2.0", "Google.Protobuf.dll")]
[Parallelizable(ParallelScope.Self)]
public sealed class VerifierTests
{
    private static readonly string _netFramework = Metadata("NetFramework");
    private readonly string _original;

    public VerifierTests(string package, string framework, string file) =>
        _original =
            Path.Combine(Metadata("Packages"), package.ToLowerInvariant(), Metadata("Version of " + package), "lib", framework, file);

    [Test]
    public void Weaving_adds_no_verification_error()
    {
        if (MonoRuntime.Missing is { } reason)
            Assert.Ignore(reason);
        using var directory = new TemporaryDirectory();
        string plain = Prepare(directory["plain"]);
        string woven = Prepare(directory["woven"]);
        ILookup<string, string> before = MonoRuntime.VerificationErrors(plain);

        ProcessResult weaving = Program.Tool(directory["tool"]).Run(
            directory["weaving"], traced: false, woven, "--locals", "--accessors", "--no-deploy", "--runtime",
            Path.Combine(directory["woven"], "ObjWatch.Runtime.dll"),
            "--reference", _netFramework, "--reference", Path.Combine(_netFramework, "Facades"));

        Assert.That(weaving.ExitCode, Is.Zero, weaving.Output + weaving.Error);
        ILookup<string, string> after = MonoRuntime.VerificationErrors(woven);
        Assert.That(after.Where(method => !before.Contains(method.Key)).Select(method => $"{method.Key}: {string.Join(", ", method)}"),
            Is.Empty);
        Assert.That(before, Has.Count.LessThan(100));
    }

    private static string Metadata(string key) => typeof(VerifierTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    /// <summary>The library in a folder of its own, beside the runtime library for netstandard2.0 and what that needs.</summary>
    private string Prepare(string folder)
    {
        Directory.CreateDirectory(folder);
        string target = Path.Combine(folder, Path.GetFileName(_original));
        File.Copy(_original, target);
        foreach (string path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Programs", "ObjWatch.Runtime"), "*.dll"))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        return target;
    }
}
