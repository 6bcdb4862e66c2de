using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Numerics;
using System.Text;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Drivers.NewtonsoftJson;

/// <summary>The reader and the writer themselves, token by token, in turn and asynchronously, and BSON-like binary values.</summary>
internal static class Streaming
{
    public static void Run(TextWriter output)
    {
        string text = Write(Formatting.Indented, '\'', '\t');
        output.WriteLine(text);
        output.WriteLine(Write(Formatting.None, '"', ' '));
        Read(text, output);
        Typed(output);
        Several(output);
        string asynchronous = WriteAsync().GetAwaiter().GetResult();
        output.WriteLine(asynchronous);
        output.WriteLine(ReadAsync(asynchronous).GetAwaiter().GetResult());
    }

    private static string Write(Formatting formatting, char quote, char indent)
    {
        var builder = new StringBuilder();
        using (var writer = new JsonTextWriter(new StringWriter(builder, CultureInfo.InvariantCulture) { NewLine = "\n" }))
        {
            writer.Formatting = formatting;
            writer.QuoteChar = quote;
            writer.IndentChar = indent;
            writer.Indentation = 1;
            writer.QuoteName = quote == '"';
            writer.WriteStartObject();
            writer.WriteComment("begin");
            writer.WritePropertyName("values");
            writer.WriteStartArray();
            writer.WriteValue(1);
            writer.WriteValue(-2.5);
            writer.WriteValue(3.25m);
            writer.WriteValue(1.5e10f);
            writer.WriteValue(double.NaN);
            writer.WriteValue((int?)null);
            writer.WriteValue(true);
            writer.WriteValue('c');
            writer.WriteValue("it's \"quoted\" \u2028 \u0001");
            writer.WriteValue(new byte[] { 0, 1, 2, 250, 255 });
            writer.WriteValue(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
            writer.WriteValue(TimeSpan.FromDays(1.5));
            writer.WriteValue(new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Unspecified));
            writer.WriteValue(ulong.MaxValue);
            writer.WriteValue((sbyte)-5);
            writer.WriteValue((object)BigInteger.Pow(3, 50));
            writer.WriteUndefined();
            writer.WriteRawValue("[ 1,2 ]");
            writer.WriteStartConstructor("Thing");
            writer.WriteValue(new Uri("http://localhost/"));
            writer.WriteEndConstructor();
            writer.WriteEnd();
            writer.WritePropertyName("name_1", escape: true);
            writer.WriteNull();
            writer.WriteEndObject();
        }

        return builder.ToString();
    }

    private static void Read(string text, TextWriter output)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { FloatParseHandling = FloatParseHandling.Decimal, DateParseHandling = DateParseHandling.DateTimeOffset };
        while (reader.Read())
        {
            string value = reader.Value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.Value, CultureInfo.InvariantCulture)!;
            output.WriteLine($"{reader.LineNumber}:{reader.LinePosition} {reader.Depth} {reader.TokenType} {reader.Path} {value} {reader.ValueType?.Name}");
        }
    }

    private static void Typed(TextWriter output)
    {
        using var reader = new JsonTextReader(new StringReader("[1, '2', 3.5, 'AQID', '2024-01-01T00:00:00Z', true, 'text', 9999999999, 1.25, null]"));
        reader.Read();
        output.WriteLine(reader.ReadAsInt32());
        output.WriteLine(reader.ReadAsInt32());
        output.WriteLine(reader.ReadAsDouble());
        output.WriteLine(reader.ReadAsBytes()!.Length);
        output.WriteLine(reader.ReadAsDateTime()?.ToString("O"));
        output.WriteLine(reader.ReadAsBoolean());
        output.WriteLine(reader.ReadAsString());
        output.WriteLine(reader.ReadAsDouble());
        output.WriteLine(reader.ReadAsDecimal());
        output.WriteLine(reader.ReadAsString() ?? "null");
        output.WriteLine(reader.Read() + " " + reader.TokenType);
    }

    private static void Several(TextWriter output)
    {
        using var reader = new JsonTextReader(new StringReader("{\"a\":1} {\"a\":2}\n[3] 4 \"five\"")) { SupportMultipleContent = true };
        var serializer = JsonSerializer.Create(new JsonSerializerSettings { Culture = CultureInfo.InvariantCulture });
        while (reader.Read())
            output.WriteLine(serializer.Deserialize<JToken>(reader)!.ToString(Formatting.None));
        using var skipping = new JsonTextReader(new StringReader("""{"skip":{"deep":[1,2,3]},"take":[4]}"""));
        var taken = new List<string>();
        while (skipping.Read())
        {
            if (skipping.TokenType == JsonToken.PropertyName && (string)skipping.Value! == "skip")
                skipping.Skip();
            else
                taken.Add(skipping.TokenType.ToString());
        }

        output.WriteLine(string.Join(",", taken));
        output.WriteLine($"{JsonConvert.ToString("a\"b")} {JsonConvert.ToString(1.0)} {JsonConvert.ToString(true)} {JsonConvert.ToString((object?)null)} {JsonConvert.ToString(1.10m)}");
    }

    private static async Task<string> WriteAsync()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var writer = new JsonTextWriter(text) { Formatting = Formatting.Indented };
        await writer.WriteStartArrayAsync();
        for (int i = 0; i < 30; i++)
        {
            await writer.WriteStartObjectAsync();
            await writer.WritePropertyNameAsync("n" + i);
            await writer.WriteValueAsync(i * 1.5);
            await writer.WriteEndObjectAsync();
        }

        await writer.WriteEndArrayAsync();
        await writer.FlushAsync();
        return text.ToString();
    }

    private static async Task<string> ReadAsync(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text));
        int tokens = 0;
        double sum = 0;
        while (await reader.ReadAsync())
        {
            tokens++;
            if (reader.TokenType == JsonToken.Float)
                sum += (double)reader.Value!;
        }

        using var again = new JsonTextReader(new StringReader(text));
        JToken token = await JToken.ReadFromAsync(again);
        return FormattableString.Invariant($"{tokens} {sum} {((JArray)token).Count}");
    }
}
