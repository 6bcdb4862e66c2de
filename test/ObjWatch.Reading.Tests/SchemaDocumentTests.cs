using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>docs/trace-format.md says of the records what the schema declares, no more and no less.</summary>
/// <remarks>With <c>WRITE_SCHEMA_TABLES=1</c> in the environment the tables are written into the document instead, for a person to read
/// before they are committed.</remarks>
[TestFixture]
internal sealed class SchemaDocumentTests
{
    private static IEnumerable<TestCaseData> Tables()
    {
        yield return Case("events of version 2", RecordSchema.Current, RecordRole.Event);
        yield return Case("control of version 2", RecordSchema.Current, RecordRole.Control, RecordRole.Everywhere);
        yield return Case("definitions of version 2", RecordSchema.Current, RecordRole.Definition);
        yield return Case("version 1", RecordSchema.Version1, Enum.GetValues<RecordRole>());

        static TestCaseData Case(string name, RecordSchema schema, params RecordRole[] roles) =>
            new TestCaseData(name, SchemaDocument.Table(schema, roles)).SetName("The_document_has_the_records_of_the_schema: " + name);
    }

    [TestCaseSource(nameof(Tables))]
    public void The_document_has_the_records_of_the_schema(string name, string[] expected)
    {
        string[] found = SchemaDocument.Between(name);
        if (Environment.GetEnvironmentVariable("WRITE_SCHEMA_TABLES") == "1")
        {
            string begin = $"<!-- records: {name} -->\n";
            File.WriteAllText(SchemaDocument.Path, SchemaDocument.Text.Replace(
                begin + string.Concat(found.Select(line => line + "\n")), begin
                + string.Concat(expected.Select(line => line + "\n")), StringComparison.Ordinal));
            return;
        }

        string[] missing = [.. expected.Except(found)];
        string[] tooMuch = [.. found.Except(expected)];
        Assert.That(found, Is.EqualTo(expected), $"""
            docs/trace-format.md, the table "{name}", does not say what RecordSchema declares (WRITE_SCHEMA_TABLES=1 writes it).
            It lacks:
            {Lines(missing)}
            It has instead:
            {Lines(tooMuch)}
            {(missing.Length + tooMuch.Length == 0 ? "The rows are in another order." : "")}
            """);
    }

    [Test]
    public void Every_record_of_an_event_is_explained()
    {
        string document = SchemaDocument.Text;
        Assert.That(RecordSchema.Current.Layouts.Select(layout => layout.Kind.ToString())
            .Where(kind => !Regex.IsMatch(document, $@"^\| (?:\w+, )*{kind}(?:, \w+)* \| ", RegexOptions.Multiline)),
            Is.Empty, "records without a row that says what they mean");
    }

    [Test]
    public void Every_tag_of_a_value_stands_in_the_table_of_values()
    {
        string[] rows =
            [.. SchemaDocument.Text.Split('\n').SkipWhile(line => line != "## Values")
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.That(Enum.GetValues<ValueTag>().Where(tag => !rows.Any(row => Says(row, tag))), Is.Empty,
            "tags that the table of values lacks");

        static bool Says(string row, ValueTag tag)
        {
            string[] cells = row.Split('|');
            int place =
                Array.IndexOf(cells[1].Split(',', StringSplitOptions.TrimEntries),
                    ((int)tag).ToString(System.Globalization.CultureInfo.InvariantCulture));
            string[] names = cells[2].Split(',', StringSplitOptions.TrimEntries);
            return place >= 0 && place < names.Length && names[place] == tag.ToString();
        }
    }

    private static string Lines(string[] rows) => rows.Length == 0 ? "    (nothing)" : string.Join("\n", rows.Select(row => "    " + row));
}
