using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Tool.Packing;
using ObjWatch.Trace.Options;

namespace ObjWatch.Tool.Tests;

/// <summary>The options of a run have the same names everywhere: in code, environment, objwatch.json, build, tool, and the table in docs/options.md.</summary>
internal sealed class OptionTableTests
{
    private static IEnumerable<RunOption> Options => OptionCatalog.All;

    private static IEnumerable<RunOption> BuildOptions => OptionCatalog.All.Where(option => option.IsOfBuild);

    [TestCaseSource(nameof(Options))]
    public void Each_option_is_a_property_of_TracerOptions(RunOption option) =>
        Assert.That(Read("src/ObjWatch.Runtime/PublicAPI.Unshipped.txt"), Does.Contain($"\nObjWatch.TracerOptions.{option.Name}.get -> "));

    [Test]
    public void Each_property_of_TracerOptions_is_an_option()
    {
        IEnumerable<string> properties = Regex.Matches(Read("src/ObjWatch.Runtime/PublicAPI.Unshipped.txt"), @"^ObjWatch\.TracerOptions\.(\w+)\.get", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        // A provider is an object, which only code can give.
        Assert.That(properties.Except(["RankProvider"]), Is.EquivalentTo(OptionCatalog.All.Select(option => option.Name)));
    }

    [TestCaseSource(nameof(Options))]
    public void Each_option_has_its_row(RunOption option)
    {
        string row = Rows().SingleOrDefault(row => row.Contains($"`{option.Name}`")) ?? "";
        Assert.That(row, Does.Contain($"`{option.Variable}`"));
        if (option.IsOfBuild)
            Assert.That(row, Does.Contain($"`{option.Property}`").And.Contain($"`{option.Switch}`"));
        if (option.Default.Length > 0)
            Assert.That(row, Does.Contain(option.Default));
    }

    [Test]
    public void Each_variable_and_property_in_the_table_exists()
    {
        string[] names = Rows().SelectMany(row => Regex.Matches(row, "`(OBJWATCH_[A-Z_]+|--[a-z-]+)`").Select(match => match.Groups[1].Value)).ToArray();
        Assert.That(
            names,
            Is.SubsetOf(Options.SelectMany(option => new[] { option.Variable, option.Switch })
                .Concat(["--target", "--exclude", "--statics", "--locals", "--accessors", "--explain"])));
    }

    [TestCaseSource(nameof(BuildOptions))]
    public void The_build_hands_each_default_on_to_the_weaver(RunOption option)
    {
        string targets = Read("src/ObjWatch.MSBuild/build/ObjWatch.targets");
        Assert.That(targets, Does.Contain($"Include=\"{option.Switch};$([MSBuild]::Escape(").And.Contain($"$({option.Property})"));
    }

    [TestCaseSource(nameof(BuildOptions))]
    public void The_weaver_takes_each_default(RunOption option)
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

    private static string[] Rows() => File.ReadAllLines(Path.Combine(Root, "docs", "options.md")).Where(line => line.StartsWith("| ", System.StringComparison.Ordinal)).ToArray();

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
