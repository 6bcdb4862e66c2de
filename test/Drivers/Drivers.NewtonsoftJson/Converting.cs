using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Xml.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace Drivers.NewtonsoftJson;

/// <summary>The converters that come with the library, one of our own, and XML.</summary>
internal static class Converting
{
    public static void Run(TextWriter output)
    {
        var settings = new JsonSerializerSettings { Formatting = Formatting.Indented };
        settings.Converters.Add(new MoneyConverter());
        settings.Converters.Add(new StringEnumConverter(new Newtonsoft.Json.Serialization.CamelCaseNamingStrategy()));
        settings.Converters.Add(new VersionConverter());
        settings.Converters.Add(new IsoDateTimeConverter { DateTimeFormat = "dd.MM.yyyy" });
        settings.Converters.Add(new KeyValuePairConverter());
        settings.Converters.Add(new ExpandoObjectConverter());
        var value = new Dictionary<string, object>
        {
            ["money"] = new Money { Cents = 12345, Currency = "USD" }, ["tags"] = Tags.Hot | Tags.Rare, ["status"] = Status.InStock,
            ["version"] = new Version(1, 2, 3, 4), ["date"] = new DateTime(2024, 12, 24, 0, 0, 0, DateTimeKind.Utc), ["pair"] = new KeyValuePair<string, int>("k", 1),
            ["list"] = new List<Money> { new() { Cents = 1, Currency = "A" }, new() { Cents = 2, Currency = "B" } },
        };
        string text = JsonConvert.SerializeObject(value, settings);
        output.WriteLine(text);
        output.WriteLine(JsonConvert.DeserializeObject<Money>("\"77 CHF\"", settings).Cents);
        output.WriteLine(JsonConvert.DeserializeObject<Tags>("\"new, rare\"", settings));
        output.WriteLine(JsonConvert.DeserializeObject<Status>("\"in-stock\"", settings));
        output.WriteLine(JsonConvert.SerializeObject(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc), new JavaScriptDateTimeConverter()));
        output.WriteLine(JsonConvert.SerializeObject(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero), new UnixDateTimeConverter()));
        output.WriteLine(JsonConvert.DeserializeObject<DateTime>("981173106", new UnixDateTimeConverter()).ToString("O"));
        output.WriteLine(JsonConvert.SerializeObject(new System.Text.RegularExpressions.Regex("a+", System.Text.RegularExpressions.RegexOptions.IgnoreCase), new RegexConverter()));
        Xml(output);
        Tables(output);
        foreach (string date in new[] { "2024-02-29", "2024-02-29T10:11:12.1234567Z", "2024-02-29T10:11:12+05:30", "/Date(1700000000000)/", "/Date(1700000000000+0100)/" })
        {
            output.WriteLine(JsonConvert.DeserializeObject<DateTimeOffset>($"\"{date.Replace("/", "\\/", StringComparison.Ordinal)}\"",
                new JsonSerializerSettings { DateTimeZoneHandling = DateTimeZoneHandling.Utc }).ToUniversalTime().ToString("O"));
        }
    }

    private static void Xml(TextWriter output)
    {
        XDocument document = XDocument.Parse(
            "<?xml version=\"1.0\"?><root a=\"1\" xmlns:n=\"urn:n\"><n:item id=\"x\">text</n:item><item/><item>2</item><!-- c --><![CDATA[data]]></root>");
        string json = JsonConvert.SerializeXNode(document, Formatting.Indented);
        output.WriteLine(json);
        output.WriteLine(JsonConvert.DeserializeXNode(json)!.ToString());
        var plain = new System.Xml.XmlDocument();
        plain.LoadXml("<a><b>1</b><b>2</b><c d='e'/></a>");
        output.WriteLine(JsonConvert.SerializeXmlNode(plain));
        output.WriteLine(JsonConvert.DeserializeXmlNode("""{"r":{"@id":1,"#text":"t","l":[1,2,{"m":null}]}}""")!.OuterXml);
    }

    private static void Tables(TextWriter output)
    {
        using var table = new DataTable("t");
        table.Columns.Add("Id", typeof(int));
        table.Columns.Add("Name", typeof(string));
        for (int i = 0; i < 5; i++)
            table.Rows.Add(i, i % 2 == 0 ? "row" + i : null);
        string json = JsonConvert.SerializeObject(table, new DataTableConverter());
        output.WriteLine(json);
        using DataTable again = JsonConvert.DeserializeObject<DataTable>(json)!;
        output.WriteLine($"{again.Rows.Count} {again.Columns[0].DataType.Name} {again.Rows[4]["Name"]}");
    }
}
