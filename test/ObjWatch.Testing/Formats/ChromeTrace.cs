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
    /// <exception cref="InvalidDataException">An instant lies outside the call it belongs to, or a slice ends that did not
    /// begin.</exception>
    public static void Read(Stream json, Action<string> take)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var lines = new LineBuilder(take);
        JsonElement[] entries = document.RootElement.GetProperty("traceEvents").EnumerateArray().ToArray();
        Dictionary<int, string?> ranks = entries
            .Where(entry => entry.GetProperty("name").GetString() == "process_name")
            .ToDictionary(entry => entry.GetProperty("pid").GetInt32(),
                entry => RankOf(entry.GetProperty("args").GetProperty("name").GetString()!));
        // In a stable order: events of a thread stand in the order in which they happened.
        var threads = entries
            .Where(entry => entry.GetProperty("ph").GetString() != "M")
            .GroupBy(entry => (Process: entry.GetProperty("pid").GetInt32(), Thread: entry.GetProperty("tid").GetInt32()))
            .OrderBy(thread => thread.Key);
        foreach (var thread in threads)
            Read(thread, new Place(ranks[thread.Key.Process], thread.Key.Thread.ToString(CultureInfo.InvariantCulture)), lines);
    }

    private static string? RankOf(string process) =>
        process.StartsWith("rank ", StringComparison.Ordinal) ? process["rank ".Length..] : null;

    private static void Read(IEnumerable<JsonElement> entries, Place place, LineBuilder lines)
    {
        JsonElement[] all = entries.ToArray();
        Dictionary<int, JsonElement> ends = Pair(all);
        for (int i = 0; i < all.Length; i++)
        {
            string phase = all[i].GetProperty("ph").GetString()!;
            JsonElement arguments = ends.GetValueOrDefault(i, all[i]).GetProperty("args");
            if (phase != "E" || !arguments.TryGetProperty("unfinished", out _))
                Take(phase == "E" ? arguments.TryGetProperty("suspended", out _)
                    ? "awt" : "end" : all[i].GetProperty("cat").GetString()!, all[i], arguments, place, lines);
        }
    }

    /// <summary>The end of each slice by the place of its beginning: it has the arguments of both.</summary>
    private static Dictionary<int, JsonElement> Pair(JsonElement[] entries)
    {
        var ends = new Dictionary<int, JsonElement>();
        var open = new Stack<int>();
        decimal last = -1;
        for (int i = 0; i < entries.Length; i++)
        {
            decimal time = entries[i].GetProperty("ts").GetDecimal();
            if (time < last)
                throw new InvalidDataException($"time goes back: {entries[i]}");
            last = time;
            string phase = entries[i].GetProperty("ph").GetString()!;
            if (phase == "B")
                open.Push(i);
            if (phase != "E")
                continue;
            if (!open.TryPop(out int begin) || entries[begin].GetProperty("name").GetString() != entries[i].GetProperty("name").GetString())
                throw new InvalidDataException($"not what is open: {entries[i]}");
            ends.Add(begin, entries[i]);
        }

        return open.Count == 0 ? ends : throw new InvalidDataException("a slice has no end");
    }

    private static void Take(string kind, JsonElement entry, JsonElement arguments, Place place, LineBuilder lines)
    {
        string depth = Text("call_depth");
        string? owner = arguments.TryGetProperty("object", out JsonElement number) ? number.ToString() : null;
        switch (kind)
        {
            case "run" when arguments.TryGetProperty("resumed", out _):
                lines.Resume(Text("run_line"), depth, Text("qualified_name"), place);
                break;
            case "awt":
                string? value = arguments.TryGetProperty("yielded", out JsonElement yielded) ? yielded.GetString() : null;
                lines.Await(Text("end_line"), depth, Text("qualified_name"), value, place);
                break;
            case "run":
                lines.Run(Text("run_line"), depth, Text("qualified_name"), Text("call_msg"), place);
                break;
            case "end":
                lines.End(Text("end_line"), depth, Text("qualified_name"), Text("return_msg"), place);
                break;
            case "upd":
                lines.Update(Text("line"), depth, entry.GetProperty("name").GetString()!, Text("old"), Text("new"), owner, place);
                break;
            case "lost":
                lines.Lost(Text("count"), depth, place);
                break;
            default:
                lines.Length(kind, Text("line"), depth, entry.GetProperty("name").GetString()!, Text("type"), Text("old"), Text("new"),
                    owner, place);
                break;
        }

        string Text(string name) => arguments.GetProperty(name).ToString();
    }
}
