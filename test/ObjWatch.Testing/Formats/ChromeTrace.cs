using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Globalization;
using System.Text.Json;

namespace ObjWatch.Testing.Formats;

/// <summary>Reads a <c>.trace.json</c>: its events thread by thread, and whether their times make sense.</summary>
public static class ChromeTrace
{
    /// <summary>Hands out the line of text that each event stands for, thread by thread.</summary>
    /// <exception cref="InvalidDataException">An instant lies outside the call it belongs to, or a slice ends that did not begin.</exception>
    public static void Read(Stream json, Action<string> take)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var lines = new LineBuilder(take);
        // In a stable order: events of a thread stand in the order in which they happened.
        var threads = document.RootElement.GetProperty("traceEvents").EnumerateArray()
            .Where(entry => entry.GetProperty("ph").GetString() != "M")
            .GroupBy(entry => entry.GetProperty("tid").GetInt32())
            .OrderBy(thread => thread.Key);
        foreach (var thread in threads)
            Read(thread, thread.Key.ToString(CultureInfo.InvariantCulture), lines);
    }

    private static void Read(IEnumerable<JsonElement> entries, string thread, LineBuilder lines)
    {
        decimal last = -1;
        int open = 0;
        foreach (JsonElement entry in entries)
        {
            decimal time = entry.GetProperty("ts").GetDecimal();
            if (time < last)
                throw new InvalidDataException($"time goes back: {entry}");
            last = time;
            string phase = entry.GetProperty("ph").GetString()!;
            open += phase == "B" ? 1 : phase == "E" ? -1 : 0;
            if (open < 0)
                throw new InvalidDataException($"nothing is open: {entry}");
            if (entry.TryGetProperty("args", out JsonElement arguments))
                Take(phase == "E" ? "end" : entry.GetProperty("cat").GetString()!, entry, arguments, thread, lines);
        }
    }

    private static void Take(string kind, JsonElement entry, JsonElement arguments, string thread, LineBuilder lines)
    {
        string depth = Text("call_depth");
        string? owner = arguments.TryGetProperty("object", out JsonElement number) ? number.ToString() : null;
        switch (kind)
        {
            case "run":
                lines.Run(Text("run_line"), depth, Text("qualified_name"), Text("call_msg"), thread);
                break;
            case "end":
                lines.End(Text("end_line"), depth, Text("qualified_name"), Text("return_msg"), thread);
                break;
            case "upd":
                lines.Update(Text("line"), depth, entry.GetProperty("name").GetString()!, Text("old"), Text("new"), owner, thread);
                break;
            case "lost":
                lines.Lost(Text("count"), depth, thread);
                break;
            default:
                lines.Length(kind, Text("line"), depth, entry.GetProperty("name").GetString()!, Text("type"), Text("old"), Text("new"), owner, thread);
                break;
        }

        string Text(string name) => arguments.GetProperty(name).ToString();
    }
}
