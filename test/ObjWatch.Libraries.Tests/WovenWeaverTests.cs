using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Libraries.Tests;

/// <summary>The weaver's own library is the hardest user of itself: a weaver that runs on a woven Mono.Cecil writes the same
/// bytes.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class WovenWeaverTests
{
    [Test]
    public void A_weaver_on_woven_Cecil_writes_the_same_bytes()
    {
        using var directory = new TemporaryDirectory();
        Program plain = Program.Tool(directory["plain"]);
        Program woven = Program.Tool(directory["woven"]);
        ProcessResult weaving = plain.Run(directory["weaving"], traced: false, woven["Mono.Cecil.dll"], "--target", "*");
        Assert.That(weaving.ExitCode, Is.Zero, weaving.Output + weaving.Error);

        (byte[] assembly, byte[] symbols) = WeaveSubject(plain, directory, "by-plain");
        (byte[] assemblyByWoven, byte[] symbolsByWoven) = WeaveSubject(woven, directory, "by-woven");

        Assert.That(assemblyByWoven, Is.EqualTo(assembly));
        Assert.That(symbolsByWoven, Is.EqualTo(symbols));
        Assert.That(Directory.GetFiles(directory["by-plain"]), Is.Empty);
        TextTrace trace = TextTrace.Read(Path.Combine(directory["by-woven"], "objwatch-weave.objwatch"));
        Assert.That(trace.Runs, Is.GreaterThan(10_000));
        Assert.That(trace.Ends, Is.EqualTo(trace.Runs));
    }

    private static (byte[] Assembly, byte[] Symbols) WeaveSubject(Program tool, TemporaryDirectory directory, string runs)
    {
        // Always in the same place, because symbols may hold paths.
        string folder = directory["subject"];
        Program subject = Program.Driver("Humanizer", folder);
        ProcessResult result = tool.Run(directory[runs], traced: true, subject["Drivers.Humanizer.dll"], "--target", "*", "--locals");
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        byte[] assembly = File.ReadAllBytes(subject["Drivers.Humanizer.dll"]);
        byte[] symbols = File.ReadAllBytes(subject["Drivers.Humanizer.pdb"]);
        Directory.Delete(folder, recursive: true);
        return (assembly, symbols);
    }
}
