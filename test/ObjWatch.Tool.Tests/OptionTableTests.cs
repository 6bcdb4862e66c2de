using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Tool.Packing;
using ObjWatch.Trace.Options;

namespace ObjWatch.Tool.Tests;

/// <summary>The options of a run have the same names everywhere: in code, environment, objwatch.json, build, tool, and the table in
/// docs/options.md.</summary>
internal sealed class OptionTableTests
{
    private static IEnumerable<DeclaredOption> Options => OptionCatalog.OfRun;

    private static IEnumerable<DeclaredOption> BuildOptions => OptionCatalog.OfRun.Where(option => option.IsOfBuild);

    [TestCaseSource(nameof(Options))]
    public void Each_option_is_a_property_of_TracerOptions(DeclaredOption option) =>
        Assert.That(Read("src/ObjWatch.Runtime/PublicAPI.Unshipped.txt"), Does.Contain($"\nObjWatch.TracerOptions.{option.Name}.get -> "));

    [Test]
    public void Each_property_of_TracerOptions_is_an_option()
    {
        IEnumerable<string> properties =
            Regex.Matches(Read("src/ObjWatch.Runtime/PublicAPI.Unshipped.txt"), @"^ObjWatch\.TracerOptions\.(\w+)\.get",
                RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        // A provider is an object, which only code can give.
        Assert.That(properties.Except(["RankProvider"]), Is.EquivalentTo(OptionCatalog.OfRun.Select(option => option.Name)));
    }

    [TestCase("docs/options.md", false)]
    [TestCase("src/ObjWatch.MSBuild/build/ObjWatch.Options.targets", true)]
    public void What_is_made_from_the_options_is_up_to_date(string path, bool isOfBuild)
    {
        string made = isOfBuild ? OptionFiles.Targets() : OptionFiles.Document(Read(path));
        if (Environment.GetEnvironmentVariable("WRITE_OPTION_FILES") == "1")
            File.WriteAllText(Path.Combine(Root, path), made);
        Assert.That(Read(path), Is.EqualTo(made), $"WRITE_OPTION_FILES=1 dotnet test test/ObjWatch.Tool.Tests writes {path} anew");
    }

    [Test]
    public void No_two_options_have_one_name()
    {
        Assert.Multiple(() =>
        {
            foreach (Func<DeclaredOption, string> name in new Func<DeclaredOption, string>[]
                { option => option.Variable, option => option.Key })
                Assert.That(OptionCatalog.OfRun.Select(name), Is.Unique);
            foreach (Func<DeclaredOption, string> name in new Func<DeclaredOption, string>[]
                { option => option.Property, option => option.Switch })
                Assert.That(OptionCatalog.All.Where(option => option.IsOfBuild).Select(name), Is.Unique);
        });
    }

    [TestCaseSource(nameof(BuildOptions))]
    public void The_weaver_takes_each_default(DeclaredOption option)
    {
        ToolOptions? parsed = null;
        string value = option.Kind == OptionKind.Text ? "text" + (option.Endings.Count > 0 ? option.Endings[0] : "") : option.Default;
        var commandLine = new CommandLine(
            options =>
            {
                parsed = options;
                return 0;
            },
            new PackCommand(new MessagePrinter(TextWriter.Null, TextWriter.Null)));
        int exitCode = commandLine.Parse(["App.dll", option.Switch, value]).Invoke();

        Assert.That(exitCode, Is.Zero);
        Assert.That(parsed!.RunOptions, Is.EqualTo(new Dictionary<string, string> { [option.Name] = value }));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Root
    {
        get
        {
            string folder = TestContext.CurrentContext.TestDirectory;
            while (!File.Exists(Path.Combine(folder, "ObjWatch.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }
}
