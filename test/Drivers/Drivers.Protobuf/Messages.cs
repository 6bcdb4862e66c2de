using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Drivers.Protobuf;

/// <summary>The well-known messages: building, merging, comparing, as bytes and as JSON and back.</summary>
internal static class Messages
{
    public static void Run(TextWriter output)
    {
        var random = new Random(11);
        for (int i = 0; i < 60; i++)
        {
            Struct value = Build(random, 3);
            Struct copy = Struct.Parser.ParseFrom(value.ToByteArray());
            string json = JsonFormatter.Default.Format(value);
            Struct fromJson = JsonParser.Default.Parse<Struct>(json);
            output.WriteLine($"{value.CalculateSize()} {copy.Equals(value)} {fromJson.Equals(value)} {value.GetHashCode() == copy.GetHashCode()} {json}");
            copy.MergeFrom(Build(random, 2));
            output.WriteLine(new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation().WithFormatDefaultValues(true)).Format(copy));
            output.WriteLine(Convert.ToHexString(value.ToByteArray()));
            output.WriteLine(value.Clone().ToString());
        }

        Times(output);
        Others(output);
        Failing(output);
    }

    private static Struct Build(Random random, int depth)
    {
        var result = new Struct();
        int count = random.Next(1, 5);
        for (int i = 0; i < count; i++)
            result.Fields["key" + random.Next(20).ToString(CultureInfo.InvariantCulture)] = BuildValue(random, depth);
        return result;
    }

    private static Value BuildValue(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => Value.ForNull(),
        1 => Value.ForBool(random.Next(2) == 0),
        2 => Value.ForNumber(random.Next(-1000, 1000) / 8.0),
        3 => Value.ForString("text \u00e9 \ud83d\ude00 \"" + random.Next(100).ToString(CultureInfo.InvariantCulture)),
        4 => Value.ForNumber(random.Next()),
        5 => Value.ForStruct(Build(random, depth - 1)),
        _ => Value.ForList([.. Enumerable.Range(0, random.Next(4)).Select(_ => BuildValue(random, depth - 1))]),
    };

    private static void Times(TextWriter output)
    {
        var start = new DateTime(2024, 2, 29, 12, 30, 15, 123, DateTimeKind.Utc);
        for (int i = 0; i < 40; i++)
        {
            Timestamp time = Timestamp.FromDateTime(start.AddDays(i * 37).AddTicks(i * 1234567));
            Duration duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(i * -1234.567));
            Timestamp moved = time + duration;
            output.WriteLine($"{time} {duration} {moved} {moved - time} {time.CompareTo(moved)} {time < moved} {moved.ToDateTimeOffset():O} {duration.ToTimeSpan()}");
            output.WriteLine($"{Timestamp.Parser.ParseJson(JsonFormatter.ToDiagnosticString(time))} {Duration.Parser.ParseFrom(duration.ToByteString())}");
        }
    }

    private static void Others(TextWriter output)
    {
        IMessage[] messages =
        [
            new BoolValue { Value = true }, new BytesValue { Value = ByteString.CopyFromUtf8("bytes") }, new DoubleValue { Value = 1.25 }, new FloatValue { Value = -0.5f },
            new Int32Value { Value = -7 }, new Int64Value { Value = long.MinValue }, new StringValue { Value = "s" }, new UInt32Value { Value = uint.MaxValue },
            new UInt64Value { Value = ulong.MaxValue }, new Empty(), FieldMask.FromString("a.b,c"), new SourceContext { FileName = "f.proto" },
            new Option { Name = "option", Value = Any.Pack(new Int32Value { Value = 3 }) }, new Field { Name = "field", Number = 4, Kind = Field.Types.Kind.TypeBool, Packed = true },
            new Mixin { Name = "mixin", Root = "root" }, new EnumValue { Name = "enum", Number = 2 },
        ];
        foreach (IMessage message in messages)
        {
            Any any = Any.Pack(message);
            output.WriteLine($"{message.Descriptor.FullName} {Convert.ToHexString(message.ToByteArray())} {any.TypeUrl} {any.Is(message.Descriptor)} {message}");
            IMessage parsed = message.Descriptor.Parser.ParseFrom(any.Value);
            output.WriteLine($"{parsed.Equals(message)} {string.Join(" ", message.Descriptor.Fields.InDeclarationOrder().Select(field => $"{field.Name}:{field.FieldType}={field.Accessor.GetValue(message)}"))}");
        }

        FieldMask mask = FieldMask.FromString("a,b.c").Union(FieldMask.FromString("b,d.e.f"));
        output.WriteLine($"{mask} {mask.Intersection(FieldMask.FromString("b.c,d"))} {mask.Normalize()} {FieldMask.IsValid<Timestamp>("seconds,nanos")}");
    }

    private static void Failing(TextWriter output)
    {
        Action[] actions =
        [
            () => Struct.Parser.ParseFrom([10, 200, 1]), () => Struct.Parser.ParseFrom([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]), () => JsonParser.Default.Parse<Struct>("{\"a\":"),
            () => JsonParser.Default.Parse<Timestamp>("\"2024-13-01T00:00:00Z\""), () => JsonParser.Default.Parse<Int32Value>("3.5"), () => new Any { TypeUrl = "x/y" }.Unpack<Empty>(),
            () => new StringValue { Value = null }.ToByteArray(), () => Timestamp.FromDateTime(new DateTime(1, DateTimeKind.Local)), () => ByteString.FromBase64("*"), () => JsonParser.Default.Parse<Duration>("\"1x\""),
            () => JsonFormatter.Default.Format(new Timestamp { Nanos = -1 }), () => JsonParser.Default.Parse<Field>("{\"unknown\":1}"), () => new Value().MergeFrom(new CodedInputStream([8])),
        ];
        foreach (Action action in actions)
        {
            try
            {
                action();
                output.WriteLine("accepted");
            }
            catch (Exception exception)
            {
                output.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            }
        }
    }
}
