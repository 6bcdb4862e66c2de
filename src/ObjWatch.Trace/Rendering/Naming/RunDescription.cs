using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>What a trace says of its run as a whole: what stands at the beginning of each document. All texts are harmless UTF-8.</summary>
internal sealed class RunDescription
{
    private const string OptionPrefix = "option.";
    private const string WeavePrefix = "weave.";

    /// <summary>Takes together what the trace says.</summary>
    /// <param name="reader">The trace, read at least to its first event.</param>
    public RunDescription(TraceReader reader)
    {
        string system = "", architecture = "";
        foreach (KeyValuePair<string, string> fact in reader.Definitions.Facts)
        {
            switch (fact.Key)
            {
                case "objwatch":
                    Version = Names.Safe(fact.Value);
                    break;
                case "process":
                    Process = Names.Safe(fact.Value);
                    break;
                case "runtime":
                    Runtime = Names.Safe(fact.Value);
                    break;
                case "rank" when int.TryParse(fact.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int rank):
                    Rank = rank;
                    break;
                case "system":
                    system = fact.Value;
                    break;
                case "architecture":
                    architecture = fact.Value;
                    break;
                case WeavePrefix + "Targets":
                    Targets = List(fact.Value);
                    break;
                case WeavePrefix + "Exclude":
                    Excluded = List(fact.Value);
                    break;
                default:
                    AddOption(fact);
                    break;
            }
        }

        System = Names.Safe((system + " " + architecture).Trim());
        StartTime = Text(reader.Clock.StartTime);
        OwnStartTime = Text(reader.Header.StartTime);
        ProcessId = reader.Header.ProcessId;
    }

    /// <summary>The recorder's version.</summary>
    public byte[] Version { get; } = [];

    /// <summary>When recording began; of traces that are read together, that of the first.</summary>
    public byte[] StartTime { get; }

    /// <summary>When recording of this trace began.</summary>
    public byte[] OwnStartTime { get; }

    /// <summary>Operating system and architecture.</summary>
    public byte[] System { get; }

    /// <summary>The .NET that ran the program.</summary>
    public byte[] Runtime { get; } = [];

    /// <summary>The program.</summary>
    public byte[] Process { get; } = [];

    /// <summary>The program's process.</summary>
    public long ProcessId { get; }

    /// <summary>Which process of a distributed run it is; -1 for none, or where it is not known yet.</summary>
    public int Rank { get; } = -1;

    /// <summary>The options of weaving and of the run by name, but for the targets.</summary>
    public List<KeyValuePair<byte[], byte[]>> Options { get; } = [];

    /// <summary>What the program was woven to trace; empty for everything.</summary>
    public byte[][] Targets { get; } = [];

    /// <summary>What it was woven not to trace.</summary>
    public byte[][] Excluded { get; } = [];

    // What was woven and what the run shows of it bear the same names.
    private void AddOption(KeyValuePair<string, string> fact)
    {
        if (fact.Key.StartsWith(OptionPrefix, StringComparison.Ordinal) && fact.Value.Length > 0)
            Options.Add(new(Names.Safe(fact.Key.Substring(OptionPrefix.Length)), Names.Safe(fact.Value)));
        else if (fact.Key.StartsWith(WeavePrefix, StringComparison.Ordinal))
            Options.Add(new(Names.Safe(fact.Key), Names.Safe(fact.Value)));
    }

    private static byte[] Text(DateTime time) =>
        Encoding.UTF8.GetBytes(time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

    private static byte[][] List(string value) =>
        Array.ConvertAll(value.Split([';'], StringSplitOptions.RemoveEmptyEntries), Names.Safe);
}
