using System;
using System.Collections.Generic;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes the header of a text, in the form of objwatch 0.5.1: version, start time, system, runtime, configuration,
/// targets.</summary>
internal static class TextHeader
{
    private const int RuleWidth = 80;

    /// <summary>Writes the header. No line of it can be taken for an event: none begins with a number.</summary>
    public static void Write(Utf8Buffer buffer, RunDescription run)
    {
        Rule(buffer);
        Line(buffer, "# ObjWatch Log"u8, []);
        Line(buffer, "> Version:        "u8, run.Version);
        Line(buffer, "> Start Time:     "u8, run.StartTime);
        Line(buffer, "> System Info:    "u8, run.System);
        Line(buffer, "> Runtime:        "u8, run.Runtime);
        Line(buffer, "> Program:        "u8, run.Process);
        Line(buffer, ""u8, []);
        Line(buffer, "## Config:"u8, []);
        foreach (KeyValuePair<byte[], byte[]> option in run.Options)
        {
            buffer.Append("* "u8);
            buffer.Append(option.Key);
            Line(buffer, ": "u8, option.Value);
        }

        List(buffer, "## Targets:"u8, run.Targets, "* everything"u8);
        List(buffer, "## Exclude Targets:"u8, run.Excluded, "* None"u8);
        Rule(buffer);
    }

    private static void List(Utf8Buffer buffer, ReadOnlySpan<byte> title, byte[][] entries, ReadOnlySpan<byte> otherwise)
    {
        Line(buffer, ""u8, []);
        Line(buffer, title, []);
        foreach (byte[] entry in entries)
            Line(buffer, "* "u8, entry);
        if (entries.Length == 0)
            Line(buffer, otherwise, []);
    }

    private static void Rule(Utf8Buffer buffer)
    {
        buffer.Reserve(RuleWidth).Slice(0, RuleWidth).Fill((byte)'=');
        buffer.Commit(RuleWidth);
        buffer.EndLine();
    }

    private static void Line(Utf8Buffer buffer, ReadOnlySpan<byte> label, ReadOnlySpan<byte> value)
    {
        buffer.Append(label);
        buffer.Append(value);
        buffer.EndLine();
    }
}
