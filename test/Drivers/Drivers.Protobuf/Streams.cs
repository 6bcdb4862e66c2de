using System;
using System.IO;
using System.Linq;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Drivers.Protobuf;

/// <summary>Coded streams, byte strings and the collections of messages.</summary>
internal static class Streams
{
    public static void Run(TextWriter output)
    {
        using var memory = new MemoryStream();
        var random = new Random(3);
        using (var coded = new CodedOutputStream(memory, leaveOpen: true))
        {
            for (int i = 0; i < 200; i++)
            {
                coded.WriteTag(i + 1, (WireFormat.WireType)(i % 2 == 0 ? 0 : 2));
                coded.WriteInt64(random.NextInt64() >> (i % 60));
                coded.WriteSInt32(random.Next() - (1 << 30));
                coded.WriteFixed32((uint)random.Next());
                coded.WriteFixed64((ulong)random.NextInt64());
                coded.WriteDouble(random.NextDouble());
                coded.WriteFloat(random.NextSingle());
                coded.WriteBool(i % 3 == 0);
                coded.WriteString(new string('\u00e9', i % 50));
                coded.WriteBytes(ByteString.CopyFrom(BitConverter.GetBytes(i)));
            }
        }

        output.WriteLine($"{memory.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(memory.ToArray()))}");
        memory.Position = 0;
        using (var coded = new CodedInputStream(memory))
        {
            while (!coded.IsAtEnd)
            {
                uint tag = coded.ReadTag();
                output.WriteLine($"{WireFormat.GetTagFieldNumber(tag)} {WireFormat.GetTagWireType(tag)} {coded.ReadInt64()} {coded.ReadSInt32()} {coded.ReadFixed32()} {coded.ReadFixed64()} {coded.ReadDouble():R} {coded.ReadFloat():R} {coded.ReadBool()} {coded.ReadString().Length} {coded.ReadBytes().ToBase64()} {coded.Position}");
            }
        }

        Collections(output, random);
    }

    private static void Collections(TextWriter output, Random random)
    {
        var list = new RepeatedField<int>();
        var map = new MapField<string, int>();
        FieldCodec<int> codec = FieldCodec.ForInt32(WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited));
        for (int i = 0; i < 100; i++)
        {
            list.Add(random.Next(50));
            map["k" + (i % 17)] = i;
            if (i % 5 == 0)
                list.RemoveAt(random.Next(list.Count));
            if (i % 7 == 0)
                map.Remove("k" + random.Next(17));
            if (i % 11 == 0)
                list.Insert(0, -i);
            output.WriteLine($"{list} {map} {list.Contains(7)} {list.IndexOf(9)} {list.CalculateSize(codec)} {map.Keys.Count} {map.TryGetValue("k3", out int value)} {value}");
        }

        output.WriteLine($"{list.Equals(list.Clone())} {map.Equals(map.Clone())} {string.Join(",", list.Order())}");
        ByteString bytes = ByteString.CopyFromUtf8("some bytes");
        output.WriteLine($"{bytes.Length} {bytes[3]} {bytes.ToStringUtf8()} {bytes == ByteString.CopyFrom(bytes.ToByteArray())} {bytes.Span.Length} {ByteString.Empty.IsEmpty} {string.Join(" ", bytes)}");
    }
}
