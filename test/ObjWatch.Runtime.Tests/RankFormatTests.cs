using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>Events say their rank in every format from the decision on, and none before.</summary>
[NonParallelizable]
public sealed class RankFormatTests
{
    private readonly List<int?> _logged = [];
    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("objwatch-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Events_carry_the_rank_from_the_decision_on()
    {
        RecordADecision();

        string?[] entries = [null, null, null, null, "3", "3"];
        Assert.Multiple(() =>
        {
            Assert.That(TextRanks(), Is.EqualTo(new[] { "", "", "", "", "", "[#3]", "[#3]", "[#3]", "[#3]" }));
            Assert.That(_logged, Is.EqualTo(new int?[] { null, null, null, null, null, 3, 3, 3, 3 }));
            Assert.That(JsonRanks(), Is.EqualTo(entries), "of each call and of the change in it");
            Assert.That(XElement.Load(PathOf("run.rank3.xml")).Descendants().Select(element => element.Attribute("rank")?.Value),
                Is.EqualTo(entries));
        });
    }

    /// <summary>Three calls with a change in each. The rank becomes known at the end of the second.</summary>
    private void RecordADecision()
    {
        bool initialized = false;
        // Ends the session that the tests' sites began.
        using var recording = new Recording();
        using var factory = new StateFactory(state => _logged.Add((int?)state.FirstOrDefault(pair => pair.Key == "rank").Value));
        var options = new TracerOptions
        {
            Output = string.Join(";", new[] { "run.objwatch", "run.json", "run.xml" }.Select(PathOf)), Ranks = "3",
            RankProvider = new DelegateRankProvider("test", () => Volatile.Read(ref initialized), () => 3, () => 4),
        };
        using (Tracer.Start(options, factory))
        {
            new Counter().Next(1);
            new Counter().Next(2, () => Volatile.Write(ref initialized, true));
            new Counter().Next(3);
        }
    }

    private IEnumerable<string> TextRanks() =>
        EventLines.Of(PathOf("run.rank3.objwatch")).Select(line => line.StartsWith('[') ? line[..4] : "");

    private List<string?> JsonRanks()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf("run.rank3.json")));
        var ranks = new List<string?>();
        Take(document.RootElement.GetProperty("ObjWatch"));
        return ranks;

        void Take(JsonElement around)
        {
            foreach (JsonElement entry in around.GetProperty("events").EnumerateArray())
            {
                ranks.Add(entry.TryGetProperty("rank", out JsonElement rank) ? rank.GetRawText() : null);
                if (entry.TryGetProperty("events", out _))
                    Take(entry);
            }
        }
    }

    private string PathOf(string name) => Path.Combine(_directory, name);

    private sealed class StateFactory(Action<IReadOnlyList<KeyValuePair<string, object?>>> take) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            take((IReadOnlyList<KeyValuePair<string, object?>>)state!);

        public void Dispose()
        {
        }
    }
}
