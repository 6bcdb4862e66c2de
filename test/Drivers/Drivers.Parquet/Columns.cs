using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Parquet;
using Parquet.Schema;

namespace Drivers.Parquet;

/// <summary>Columns of each type in several row groups, and files that are none.</summary>
internal static class Columns
{
    private const int Rows = 40;

    public static void Run(TextWriter output)
    {
        RunAsync(output).GetAwaiter().GetResult();
        foreach (byte[] bytes in (byte[][])[[], [1, 2, 3], "PAR1"u8.ToArray(), [.. "PAR1"u8, .. new byte[40], .. "PAR1"u8]])
        {
            try
            {
                using var stream = new MemoryStream(bytes);
                ParquetReader.CreateAsync(stream).GetAwaiter().GetResult();
                output.WriteLine("accepted");
            }
            catch (Exception exception)
            {
                output.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            }
        }
    }

    private static async Task RunAsync(TextWriter output)
    {
        var ints = new DataField<int>("ints");
        var longs = new DataField<long?>("longs");
        var doubles = new DataField<double>("doubles");
        var texts = new DataField<string>("texts");
        var dates = new DateTimeDataField("dates", DateTimeFormat.DateAndTime);
        var schema = new ParquetSchema(ints, longs, doubles, texts, dates);
        using var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            for (int group = 0; group < 3; group++)
            {
                int offset = group * Rows;
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                await rows.WriteAsync<int>(ints, Enumerable.Range(offset, Rows).ToArray());
                await rows.WriteAsync<long>(longs, Enumerable.Range(offset, Rows).Select(i => i % 4 == 0 ? (long?)null : i * 1_000_000_007L).ToArray().AsMemory());
                await rows.WriteAsync<double>(doubles, Enumerable.Range(offset, Rows).Select(i => i / 7.0).ToArray());
                await rows.WriteAsync(texts, Enumerable.Range(offset, Rows).Select(i => "text " + (i % 6).ToString(CultureInfo.InvariantCulture)).ToArray());
                await rows.WriteAsync<DateTime>(dates, Enumerable.Range(offset, Rows).Select(i => new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(i)).ToArray());
            }
        }

        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        output.WriteLine($"{reader.RowGroupCount} {reader.Schema}");
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            DataField[] fields = reader.Schema.GetDataFields();
            var numbers = new int[Rows];
            var maybe = new long?[Rows];
            var halves = new double[Rows];
            var words = new string?[Rows];
            await rows.ReadAsync<int>(fields[0], numbers.AsMemory());
            await rows.ReadAsync<long>(fields[1], maybe.AsMemory());
            await rows.ReadAsync<double>(fields[2], halves.AsMemory());
            await rows.ReadAsync(fields[3], words.AsMemory());
            for (int i = 0; i < Rows; i++)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{numbers[i]} {maybe[i]} {halves[i]:R} {words[i]}"));
            foreach (DataField field in fields)
                output.WriteLine($"{field} {rows.ColumnExists(field)} {rows.GetStatistics(field)?.NullCount}");
        }
    }
}
