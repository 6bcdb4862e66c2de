using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace ObjWatch.Testing.Formats;

/// <summary>Reads a <c>.json</c> trace as a stream, in memory that does not grow with it.</summary>
public static class JsonTrace
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 1_000_000 };

    /// <summary>Hands out the line of text that each event stands for, thread by thread.</summary>
    public static void Read(Stream json, Action<string> take)
    {
        var reading = new Reading(new LineBuilder(take));
        var state = new JsonReaderState(_options);
        byte[] buffer = new byte[64 * 1024];
        int held = 0;
        for (bool last = false; !last;)
        {
            if (held == buffer.Length)
                Array.Resize(ref buffer, 2 * held);
            int read = json.Read(buffer, held, buffer.Length - held);
            last = read == 0;
            held += read;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, held), last, state);
            while (reader.Read())
                reading.Take(ref reader);
            state = reader.CurrentState;
            int consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, held - consumed).CopyTo(buffer);
            held -= consumed;
        }

        if (!reading.IsComplete)
            throw new InvalidDataException("the document has no ObjWatch.events");
    }

    /// <summary>What has been seen of the objects that are open.</summary>
    private sealed class Reading
    {
        private readonly LineBuilder _lines;
        private readonly Stack<Dictionary<string, string>> _open = new();
        private readonly Stack<string> _names = new();
        private string _name = "";

        public Reading(LineBuilder lines) => _lines = lines;

        public bool IsComplete { get; private set; }

        public void Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _name = reader.GetString()!;
                    break;
                case JsonTokenType.StartObject:
                    _names.Push(_name);
                    _open.Push([]);
                    break;
                case JsonTokenType.StartArray when _name == "events" && _open.Peek().TryGetValue("type", out string? type)
                    && type == "Function":
                    Dictionary<string, string> call = _open.Peek();
                    if (call.ContainsKey("resumed"))
                        _lines.Resume(call["run_line"], call["call_depth"], call["qualified_name"], PlaceOf(call));
                    else
                        _lines.Run(call["run_line"], call["call_depth"], call["qualified_name"], call["call_msg"], PlaceOf(call));
                    break;
                case JsonTokenType.StartArray when _name == "events":
                    IsComplete = true;
                    break;
                case JsonTokenType.EndObject:
                    Close();
                    break;
                case JsonTokenType.String:
                    Set(reader.GetString()!);
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    Set(Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
            }
        }

        private static Place PlaceOf(Dictionary<string, string> entry) =>
            new(entry.GetValueOrDefault("rank"), entry.GetValueOrDefault("thread") ?? "");

        private void Set(string value)
        {
            if (_open.Count > 0)
                _open.Peek()[_name] = value;
        }

        private void Close()
        {
            Dictionary<string, string> closed = _open.Pop();
            string name = _names.Pop();
            // {"type","len"} of a collection belongs to the event around it.
            if (name is "old" or "new" && closed.Count == 2)
            {
                _open.Peek()[name] = closed["len"];
                _open.Peek()["collection"] = closed["type"];
                return;
            }

            if (!closed.TryGetValue("type", out string? type) || !closed.ContainsKey("id"))
                return;
            string? owner = closed.GetValueOrDefault("object");
            Place place = PlaceOf(closed);
            switch (type)
            {
                case "Function" or "awt" when closed.ContainsKey("suspended"):
                    _lines.Await(closed["end_line"], closed["call_depth"], closed["qualified_name"], closed.GetValueOrDefault("yielded"),
                        place);
                    break;
                case "Function" or "end":
                    if (closed.TryGetValue("return_msg", out string? result))
                        _lines.End(closed["end_line"], closed["call_depth"], closed["qualified_name"], result, place);
                    break;
                case "upd":
                    _lines.Update(closed["line"], closed["call_depth"], closed["name"], closed["old"], closed["new"], owner, place);
                    break;
                case "apd" or "pop":
                    _lines.Length(type, closed["line"], closed["call_depth"], closed["name"], closed["collection"], closed["old"],
                        closed["new"], owner, place);
                    break;
                case "lost":
                    _lines.Lost(closed["count"], closed["call_depth"], place);
                    break;
            }
        }
    }
}
