using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;

namespace ObjWatch.Testing.Formats;

/// <summary>Reads an <c>.xml</c> trace as a stream.</summary>
public static class XmlTrace
{
    /// <summary>Hands out the line of text that each event stands for, thread by thread.</summary>
    public static void Read(Stream xml, Action<string> take)
    {
        var lines = new LineBuilder(take);
        var ends = new Stack<Action?>();
        using var reader = XmlReader.Create(xml, new XmlReaderSettings { CheckCharacters = true });
        reader.MoveToContent();
        if (reader.Name != "ObjWatch")
            throw new InvalidDataException($"the document is a {reader.Name}");
        while (reader.Read())
        {
            // Around the events, and no events themselves.
            if (reader.Name is "left_out" or "process")
                continue;
            if (reader.NodeType == XmlNodeType.EndElement && reader.Name == "Function")
                ends.Pop()?.Invoke();
            else if (reader.NodeType == XmlNodeType.Element)
                Take(reader, lines, ends);
        }
    }

    private static void Take(XmlReader reader, LineBuilder lines, Stack<Action?> ends)
    {
        string Of(string name) => reader.GetAttribute(name) ?? throw new InvalidDataException($"{reader.Name} has no {name}");
        string depth = Of("call_depth");
        var place = new Place(reader.GetAttribute("rank"), Of("thread"));
        switch (reader.Name)
        {
            case "Function":
                if (reader.GetAttribute("resumed") is null)
                    lines.Run(Of("run_line"), depth, Of("name"), Of("call_msg"), place);
                else
                    lines.Resume(Of("run_line"), depth, Of("name"), place);
                bool open = reader.GetAttribute("end_line") is null;
                ends.Push(open ? null : reader.GetAttribute("suspended") is null
                    ? End(Of("end_line"), Of("name"), Of("return_msg")) : Await());
                break;
            case "awt":
                Await()();
                break;
            case "end":
                End(Of("end_line"), Of("name"), Of("return_msg"))();
                break;
            case "upd":
                lines.Update(Of("line"), depth, Of("name"), Of("old"), Of("new"), reader.GetAttribute("object"), place);
                break;
            case "apd" or "pop":
                string[] before = Of("old").Split("(len)");
                lines.Length(reader.Name, Of("line"), depth, Of("name"), before[0][1..^1], before[1], Of("new").Split("(len)")[1],
                    reader.GetAttribute("object"), place);
                break;
            case "lost":
                lines.Lost(Of("count"), depth, place);
                break;
            default:
                throw new InvalidDataException($"an element {reader.Name}");
        }

        Action Await()
        {
            string line = Of("end_line"), name = Of("name");
            string? value = reader.GetAttribute("yielded");
            return () => lines.Await(line, depth, name, value, place);
        }

        Action End(string line, string name, string result) => () => lines.End(line, depth, name, result, place);
    }
}
