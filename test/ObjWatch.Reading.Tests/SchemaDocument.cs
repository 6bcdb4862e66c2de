using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ObjWatch.Testing;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>The tables of records as docs/trace-format.md must have them, made from the schema.</summary>
internal static partial class SchemaDocument
{
    private const int Codes = 256;

    public static string Path { get; } = Repository.PathOf("docs", "trace-format.md");

    public static string Text => File.ReadAllText(Path);

    /// <summary>What stands between the comment that names a table and the next comment that ends one.</summary>
    /// <exception cref="InvalidDataException">There are no such comments.</exception>
    public static string[] Between(string name)
    {
        string[] lines = Text.Split('\n');
        int begin = Array.IndexOf(lines, $"<!-- records: {name} -->");
        int end = begin < 0 ? -1 : Array.IndexOf(lines, "<!-- end -->", begin);
        return end < 0 ? throw new InvalidDataException($"the document has no table between <!-- records: {name} --> and <!-- end -->")
            : lines[(begin + 1)..end];
    }

    /// <summary>The table of the records of some roles.</summary>
    public static string[] Table(RecordSchema schema, params RecordRole[] roles) =>
    [
        "| code | record | fields |", "|---|---|---|",
        .. schema.Layouts.Where(layout => roles.Contains(layout.Role))
        .Select(layout => $"| {CodesOf(schema, layout)} | {layout.Kind} | {FieldsOf(layout)} |"),
    ];

    /// <summary>What a field is called in the document.</summary>
    public static string NameOf(FieldName name) => Word().Replace(name.ToString(), " $0").TrimStart().ToLowerInvariant();

    private static string CodesOf(RecordSchema schema, RecordLayout layout)
    {
        bool isVersion1 = schema.Version == TraceFormat.Version1;
        int[] codes = [.. Enumerable.Range(0, Codes).Where(code => schema.LayoutOf(isVersion1 ? (uint)code << 16 : (uint)code) == layout)];
        var ranges = new List<string>();
        for (int first = 0, i = 0; i < codes.Length; i++)
        {
            if (i + 1 < codes.Length && codes[i + 1] == codes[i] + 1)
                continue;
            ranges.Add(first == i ? Number(codes[i]) : $"{Number(codes[first])} to {Number(codes[i])}");
            first = i + 1;
        }

        return string.Join(", ", ranges);
    }

    private static string FieldsOf(RecordLayout layout) =>
        layout.Fields.Length == 0 ? "none" : string.Join(", ", layout.Fields.Select(field =>
        $"{NameOf(field.Name)} `{field.Type.ToString().ToLowerInvariant()}`" + field.When switch
        {
            FieldPresence.Always => "",
            FieldPresence.Stated => " if stated",
            FieldPresence.Flow => " if flow",
            FieldPresence.LineStated => " if line stated",
            FieldPresence.PartStated => " if part stated",
        }));

    private static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Word();
}
