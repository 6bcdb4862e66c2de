using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Configuration;
using ObjWatch.Trace.Options;

namespace ObjWatch.Runtime.Tests;

/// <summary>All options reach the settings, and the trace tells them.</summary>
[NonParallelizable]
public sealed class SettingsTests
{
    private static readonly Dictionary<string, string> _nothing = [];

    [Test]
    public void The_trace_tells_each_option() =>
        Assert.That(Settings.Resolve(null, _nothing).Facts.Select(fact => fact.Key),
            Is.EqualTo(OptionCatalog.OfRun.Select(option => option.Name)));

    [Test]
    public void Each_option_of_the_program_is_heeded()
    {
        var options = new TracerOptions
        {
            Output = "a.objtrace", Targets = "A", Exclude = "B", Locals = false, Statics = false, Ranks = "1,2", Framework = "env",
                Level = TracingLevel.Information,
            Simple = false, ModulePath = false, ThreadIds = false, ObjectIds = false, Wrapper = new BaseWrapper(), Redact = "none",
            MaximumDepth = 7,
            EventLimit = 8, MaximumStringLength = 9, MaximumElements = 10, MaximumStructDepth = 2, BufferSize = 11, WhenFull = "ring:12",
        };
        Dictionary<string, string> facts = Settings.Resolve(options, _nothing).Facts.ToDictionary(fact => fact.Key, fact => fact.Value);

        Assert.That(facts.Values, Is.EqualTo(new[]
        {
            "a.objtrace", "A", "B", "false", "false", "1,2", "env", "Information", "false", "false", "false", "false",
                "ObjWatch.BaseWrapper", "none", "7", "8", "9",
            "10", "2", "11", "ring:12",
        }));
    }

    [Test]
    public void A_number_out_of_range_gives_way_to_the_default()
    {
        Settings settings =
            Settings.Resolve(new TracerOptions { MaximumElements = 21, MaximumStringLength = -1, BufferSize = 1 }, _nothing);
        Assert.That((settings.Limits.Elements, settings.Limits.StringLength, settings.BufferSize), Is.EqualTo((3, 128, 4)));
    }
}
