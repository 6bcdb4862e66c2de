using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Drivers.Parquet;

/// <summary>An object with a property of each type.</summary>
internal sealed class Row
{
    public int Id { get; set; }

    public string? Name { get; set; }

    public double Ratio { get; set; }

    public long? Maybe { get; set; }

    public bool Flag { get; set; }

    public DateTime When { get; set; }

    public byte[]? Bytes { get; set; }

    public List<int>? Numbers { get; set; }

    public Part? Inner { get; set; }

    public List<Part>? Parts { get; set; }

    public Dictionary<string, int>? Map { get; set; }

    public static Row Make(Random random, int id) => new()
    {
        Id = id,
        Name = id % 5 == 0 ? null : "name " + random.Next(1000).ToString(CultureInfo.InvariantCulture),
        Ratio = random.NextDouble(),
        Maybe = id % 3 == 0 ? null : random.NextInt64(),
        Flag = random.Next(2) == 0,
        When = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(100000)),
        Bytes = id % 4 == 0 ? null : [1, 2, (byte)id],
        Numbers = [.. Enumerable.Range(0, id % 4).Select(_ => random.Next(100))],
        Inner = new Part { Text = "inner", Weight = random.Next(9) },
        Parts = [.. Enumerable.Range(0, id % 3).Select(i => new Part { Text = "part " + i.ToString(CultureInfo.InvariantCulture), Weight = i })],
        Map = new Dictionary<string, int> { ["a"] = id, ["b"] = -id },
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Id} {Name ?? "null"} {Ratio:R} {Maybe} {Flag} {When:O} {(Bytes is null ? "null" : Convert.ToHexString(Bytes))} [{string.Join(",", Numbers ?? [])}] {Inner} [{string.Join(",", Parts ?? [])}] {string.Join(",", Map!.Select(pair => $"{pair.Key}={pair.Value}"))}");
}

/// <summary>A nested object.</summary>
internal sealed class Part
{
    public string? Text { get; set; }

    public int Weight { get; set; }

    public override string ToString() => $"{Text}:{Weight}";
}
