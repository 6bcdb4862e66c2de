using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>A tool that measures coverage rewrites the woven assembly when the tests begin.</summary>
internal sealed class CoverageTests
{
    private const string Tests = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using NUnit.Framework;

        public class Stock
        {
            private readonly List<int> _steps = new();
            public int Level;
            public int Add(int amount)
            {
                if (amount > 10)
                {
                    return 0;
                }
                for (int i = 0; i < amount; i++)
                    Level++;
                _steps.Add(amount);
                return Level;
            }
            public async Task<int> AddLaterAsync(int amount)
            {
                await Task.Yield();
                if (amount == 7)
                    return Add(amount);
                return 0;
            }
            public int Never() => 1;
        }
        public class Tests
        {
            [Test] public void Adds() => Assert.That(new Stock().Add(5), Is.EqualTo(5));
            [Test] public async Task Later() => Assert.That(await new Stock().AddLaterAsync(7), Is.EqualTo(7));
        }
        """;

    [TestCase("XPlat Code Coverage")]
    [TestCase("Code Coverage;Format=cobertura")]
    public void The_same_lines_are_covered(string collector)
    {
        using ScratchProject project = new();
        project.WriteProject(
            properties: "<OutputType>Library</OutputType><IsTestProject>true</IsTestProject>",
            references: ScratchProject.Reference("ObjWatch") + """
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
                <PackageReference Include="NUnit" Version="4.4.0" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                <PackageReference Include="coverlet.collector" Version="10.0.1" />
                """);
        project.Write("Tests.cs", Tests);
        // The classes under test stand in the test's own assembly, which is left out otherwise.
        project.Write("coverage.runsettings", """
            <RunSettings><DataCollectionRunSettings><DataCollectors><DataCollector friendlyName="XPlat Code Coverage">
              <Configuration><IncludeTestAssembly>true</IncludeTestAssembly></Configuration>
            </DataCollector></DataCollectors></DataCollectionRunSettings></RunSettings>
            """);

        SortedDictionary<int, bool> plain = Covered("plain");
        SortedDictionary<int, bool> woven = Covered("woven", "-p:ObjWatch=true", "-p:ObjWatchOutput=" + project.Trace);

        Assert.That(plain.Values, Has.Some.True.And.Some.False);
        Assert.That(woven, Is.EqualTo(plain));
        Assert.That(project.Events(), Has.Some.Contains("upd Stock.Level 4 -> 5").And.Some.Contains("awt Stock.AddLaterAsync"));

        SortedDictionary<int, bool> Covered(string name, params string[] options)
        {
            string[] settings = collector.StartsWith('X') ? ["--settings", "coverage.runsettings"] : [];
            project.Dotnet(["test", "-m:1", "--collect", collector, .. settings, "--results-directory", name, .. options]).ThatSucceeded();
            string report = Directory.GetFiles(project.PathOf(name), "*cobertura*.xml", SearchOption.AllDirectories)[0];
            return Lines(XDocument.Load(report));
        }
    }

    /// <summary>Whether each line that has code was run.</summary>
    private static SortedDictionary<int, bool> Lines(XDocument report)
    {
        IEnumerable<IGrouping<int, bool>> lines = report.Descendants("class")
            .Where(type => ((string?)type.Attribute("filename"))!.EndsWith("Tests.cs", System.StringComparison.Ordinal))
            .SelectMany(type => type.Descendants("line"))
            .GroupBy(line => (int)line.Attribute("number")!, line => (int)line.Attribute("hits")! > 0);
        return new SortedDictionary<int, bool>(lines.ToDictionary(line => line.Key, line => line.Any(hit => hit)));
    }
}
