using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using ObjWatch.Testing.Formats;

namespace ObjWatch.Cli.Tests;

/// <summary>
/// The traces of 64 ranks are merged with a heap of 64 MiB, whatever their length. <c>MERGED_CALLS</c> in the environment says how many
/// calls (of three events) each rank has made: 333334 are a million events, and need some 2 GB under the temporary folder.
/// </summary>
[TestFixture]
internal sealed class ManyRanksTests
{
    private const int Ranks = 64;
    private const int EventsInCall = 3;
    private const long HeapLimit = 64 << 20;
    private const int EventsBetweenLooks = 10_000;

    private readonly int _calls = int.Parse(Environment.GetEnvironmentVariable("MERGED_CALLS") ?? "1000", CultureInfo.InvariantCulture);
    private string _folder = "";

    [OneTimeSetUp]
    public void WriteTraces()
    {
        _folder = Directory.CreateTempSubdirectory("objwatch-ranks-").FullName;
        for (int rank = 0; rank < Ranks; rank++)
        {
            var calls = Enumerable.Range(0, _calls).Select(i => (Time: 100 * i + rank, Value: i)).ToArray();
            File.WriteAllBytes(Path.Combine(_folder, $"train.rank{rank}.objtrace"), RankTraces.Trace(rank, "boot a", calls).Build());
        }
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("text", true)]
    [TestCase("json", false)]
    [TestCase("xml", false)]
    [TestCase("chrome", true)]
    public void Many_ranks_are_merged_in_bounded_memory(string format, bool byTime)
    {
        long events = 0, updates = 0;
        (long peak, TimeSpan time) = (0, TimeSpan.Zero);
        using Process merge = Command.StartWithHeap(
            HeapLimit, "merge", Path.Combine(_folder, "train.rank*.objtrace"), "--format", format);
        Read(format, merge.StandardOutput, (rank, value) =>
        {
            if (events++ % EventsBetweenLooks == 0)
            {
                merge.Refresh();
                (peak, time) = (merge.PeakWorkingSet64, merge.TotalProcessorTime);
            }

            if (value is null)
                return;
            // By time the ranks take turns, else one comes after the other.
            (long Rank, long Value) expected = byTime ? (updates % Ranks, updates / Ranks) : (updates / _calls, updates % _calls);
            updates++;
            if ((rank, value) != expected)
                Assert.Fail($"event {events} is {value} of rank {rank}, not {expected}");
        });
        string error = merge.StandardError.ReadToEnd();
        merge.WaitForExit();
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{format}: {Ranks} ranks with {EventsInCall * _calls} events each: {time.TotalSeconds:0.0} s of processor time, peak of "
            + $"{peak >> 20} MiB, heap limit 64 MiB"));

        Assert.That(merge.ExitCode, Is.Zero, error);
        Assert.That((events, updates), Is.EqualTo(((long)Ranks * EventsInCall * _calls, (long)Ranks * _calls)));
    }

    /// <summary>Hands out the rank of each event, and the new value of each change.</summary>
    private static void Read(string format, StreamReader output, Action<int, int?> take)
    {
        switch (format)
        {
            case "json":
                JsonTrace.Read(output.BaseStream, TakeLine);
                break;
            case "xml":
                XmlTrace.Read(output.BaseStream, TakeLine);
                break;
            default:
                while (output.ReadLine() is { } line)
                {
                    if (format == "text")
                        TakeLine(line);
                    else if (line.StartsWith("{\"ph\":", StringComparison.Ordinal)
                        && !line.StartsWith("{\"ph\":\"M\"", StringComparison.Ordinal))
                        TakeEntry(line.TrimEnd(','));
                }

                break;
        }

        void TakeLine(string line)
        {
            int rank = int.Parse(line.AsSpan(2, line.IndexOf(']', StringComparison.Ordinal) - 2), CultureInfo.InvariantCulture);
            int value = line.IndexOf(" -> ", StringComparison.Ordinal) + 4;
            take(rank, line.Contains(" upd ", StringComparison.Ordinal)
                ? int.Parse(line.AsSpan(value, line.IndexOf(' ', value) - value), CultureInfo.InvariantCulture) : null);
        }

        // A whole document of it does not fit in memory; each entry stands on a line of its own.
        void TakeEntry(string line)
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            JsonElement root = entry.RootElement;
            bool changes = root.GetProperty("ph").GetString() == "i";
            take(root.GetProperty("pid").GetInt32(), changes
                ? int.Parse(root.GetProperty("args").GetProperty("new").GetString()!, CultureInfo.InvariantCulture) : null);
        }
    }
}
