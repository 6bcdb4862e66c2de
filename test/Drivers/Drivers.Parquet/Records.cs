using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Parquet;
using Parquet.Schema;
using Parquet.Serialization;

namespace Drivers.Parquet;

/// <summary>Objects with lists, maps and nested objects, written with every compression and read back.</summary>
internal static class Records
{
    public static void Run(TextWriter output)
    {
        foreach (CompressionMethod compression in (CompressionMethod[])[CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd, CompressionMethod.Lz4Raw])
        {
            foreach (int count in (int[])[0, 1, 50])
                RoundTrip(compression, count, output);
        }

        Untyped(output);
    }

    private static void RoundTrip(CompressionMethod compression, int count, TextWriter output)
    {
        var random = new Random(17);
        List<Row> rows = [.. Enumerable.Range(0, count).Select(i => Row.Make(random, i))];
        using var stream = new MemoryStream();
        ParquetSchema schema = ParquetSerializer.SerializeAsync(rows, stream, new ParquetOptions { CompressionMethod = compression }).GetAwaiter().GetResult();
        output.WriteLine($"{compression} {count} {stream.Length > 0} {schema.GetDataFields().Length} {schema}");
        stream.Position = 0;
        var read = ParquetSerializer.DeserializeAsync<Row>(stream).GetAwaiter().GetResult();
        foreach (Row row in read.Data)
            output.WriteLine(row);
    }

    private static void Untyped(TextWriter output)
    {
        var schema = new ParquetSchema(new DataField<int>("id"), new DataField<string>("name"), new DataField<double?>("score"));
        List<IDictionary<string, object?>> rows = [.. Enumerable.Range(0, 30).Select(i => (IDictionary<string, object?>)new Dictionary<string, object?>
        {
            ["id"] = i, ["name"] = "n" + i.ToString(CultureInfo.InvariantCulture), ["score"] = i % 3 == 0 ? null : i / 2.0,
        })];
        using var stream = new MemoryStream();
        try
        {
            ParquetSerializer.SerializeUntypedAsync(rows!, schema, stream).GetAwaiter().GetResult();
            stream.Position = 0;
            var read = ParquetSerializer.DeserializeUntypedAsync(stream).GetAwaiter().GetResult();
            foreach (IDictionary<string, object> row in read.Data)
                output.WriteLine(string.Join(" ", row.Select(pair => $"{pair.Key}={Convert.ToString(pair.Value, CultureInfo.InvariantCulture)}")));
        }
        catch (Exception exception)
        {
            output.WriteLine($"{exception.GetType().Name}: {exception.Message}");
        }
    }
}
