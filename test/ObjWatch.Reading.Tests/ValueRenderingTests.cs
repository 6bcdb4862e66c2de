using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

[TestFixture]
internal sealed class ValueRenderingTests
{
    private static IEnumerable<TestCaseData> Values()
    {
        yield return Case("null", Value.Null);
        yield return Case("true", Scalar(ValueTag.Boolean, writer => writer.Write((byte)1)));
        yield return Case("false", Scalar(ValueTag.Boolean, writer => writer.Write((byte)0)));
        yield return Case("'c'", Scalar(ValueTag.Char, writer => writer.Write((ushort)'c')));
        yield return Case(@"'\''", Scalar(ValueTag.Char, writer => writer.Write((ushort)'\'')));
        yield return Case("'\"'", Scalar(ValueTag.Char, writer => writer.Write((ushort)'"')));
        yield return Case(@"'\uD800'", Scalar(ValueTag.Char, writer => writer.Write((ushort)0xD800)));
        yield return Case("-128", Scalar(ValueTag.SByte, writer => writer.Write(sbyte.MinValue)));
        yield return Case("255", Scalar(ValueTag.Byte, writer => writer.Write(byte.MaxValue)));
        yield return Case("-32768", Scalar(ValueTag.Int16, writer => writer.Write(short.MinValue)));
        yield return Case("65535", Scalar(ValueTag.UInt16, writer => writer.Write(ushort.MaxValue)));
        yield return Case("-2147483648", Value.Int(int.MinValue));
        yield return Case("4294967295", Scalar(ValueTag.UInt32, writer => writer.Write(uint.MaxValue)));
        yield return Case("-9223372036854775808", Scalar(ValueTag.Int64, writer => writer.Write(long.MinValue)));
        yield return Case("18446744073709551615", Scalar(ValueTag.UInt64, writer => writer.Write(ulong.MaxValue)));
        yield return Case("0.1", Scalar(ValueTag.Single, writer => writer.Write(0.1f)));
        yield return Case("1.5", Scalar(ValueTag.Double, writer => writer.Write(1.5)));
        yield return Case("-1E+300", Scalar(ValueTag.Double, writer => writer.Write(-1e300)));
        yield return Case("NaN", Scalar(ValueTag.Double, writer => writer.Write(double.NaN)));
        yield return Case("-Infinity", Scalar(ValueTag.Single, writer => writer.Write(float.NegativeInfinity)));
        yield return Case("0.5", Scalar(ValueTag.Half, writer => writer.Write((Half)0.5)));
        yield return Case("1.50", Scalar(ValueTag.Decimal, writer => WriteDecimal(writer, 1.50m)));
        yield return Case("-79228162514264337593543950335", Scalar(ValueTag.Decimal, writer => WriteDecimal(writer, decimal.MinValue)));
        yield return Case("-170141183460469231731687303715884105728", Wide(ValueTag.Int128, 0, 0x8000_0000_0000_0000));
        yield return Case("340282366920938463463374607431768211455", Wide(ValueTag.UInt128, ulong.MaxValue, ulong.MaxValue));
        yield return Case("0x7F00", Scalar(ValueTag.IntPtr, writer => writer.Write(0x7F00L)));
        yield return Case("2026-11-22T08:15:30.1234567Z", Date(new DateTime(2026, 11, 22, 8, 15, 30, DateTimeKind.Utc).AddTicks(1234567)));
        yield return Case("2026-11-22T08:15:30.0000000", Date(new DateTime(2026, 11, 22, 8, 15, 30, DateTimeKind.Local)));
        yield return Case("-1.02:03:04.5000000", Scalar(ValueTag.TimeSpan, writer => writer.Write(-new TimeSpan(1, 2, 3, 4, 500).Ticks)));
        yield return Case("2026-11-22T08:15:30.0000000-05:30", Scalar(ValueTag.DateTimeOffset, writer =>
        {
            writer.Write(new DateTime(2026, 11, 22, 8, 15, 30).Ticks);
            writer.Write((short)-330);
        }));
        yield return Case("2026-11-22", Scalar(ValueTag.DateOnly, writer => writer.Write(new DateOnly(2026, 11, 22).DayNumber)));
        yield return Case("08:15:30.0000000", Scalar(ValueTag.TimeOnly, writer => writer.Write(new TimeOnly(8, 15, 30).Ticks)));
        yield return Case("00112233-4455-6677-8899-aabbccddeeff",
            Scalar(ValueTag.Guid, writer => writer.Write(new Guid("00112233-4455-6677-8899-aabbccddeeff").ToByteArray())));
        yield return Case("\"text\"", Value.Text("text"));
        yield return Case("\"abc...\" (1234 chars)", Value.Text("abc", length: 1234));
        yield return Case(@"""\""\\\n\r\t\0\u001B\u007F\u0085\u2028\u2029\u202E\u200F\uD800x""",
            Value.Text("\"\\\n\r\t\0\u001B\u007F\u0085\u2028\u2029\u202E\u200F\uD800x"));
        yield return Case("\"ä€😀\"", Value.Text("ä€😀"));
        yield return Case("Counter#7", Value.Object(7, Sample.CounterType));
        yield return Case("Green", Value.Enum(Sample.ColorType, 2));
        yield return Case("Yellow", Value.Enum(Sample.ColorType, 3));
        yield return Case("Green | Blue", Value.Enum(Sample.ColorType, 6));
        yield return Case("8", Value.Enum(Sample.ColorType, 8));
        yield return Case("-1", Value.Enum(Sample.ColorType, -1));
        yield return Case("None", Value.Enum(Sample.ColorType, 0));
        yield return Case("(List<int>)[1, 2, 3, '... (7 more elements)']",
            Value.Collection(Sample.ListType, 10, Value.Int(1), Value.Int(2), Value.Int(3)));
        yield return Case("(List<int>)[]", Value.Collection(Sample.ListType, 0));
        yield return Case("(List<int>)['... (5 more elements)']", Value.Collection(Sample.ListType, 5));
        yield return Case("(List<int>)[1, '...']", Value.Collection(Sample.ListType, uint.MaxValue, Value.Int(1)));
        yield return Case("(Dictionary<string, int>)[\"a\": 1, '... (2 more elements)']",
            Value.Dictionary(Sample.DictionaryType, 3, Value.Text("a"), Value.Int(1)));
        yield return Case("Point { X = 1, Y = 2 }", Value.Struct(Sample.PointType, Value.Int(1), Value.Int(2)));
        yield return Case("(1, \"a\")", Value.Tuple(Value.Int(1), Value.Text("a")));
        yield return Case("Counter.Increment", Scalar(ValueTag.Delegate, writer => writer.Write(1)));
        yield return Case("typeof(List<int>)", Scalar(ValueTag.TypeReference, writer => writer.Write(Sample.ListType)));
        yield return Case(@"!InvalidOperationException: C:\\ said ""no""\n", Value.Exception(Sample.ErrorType, "C:\\ said \"no\"\n"));
        yield return Case("!InvalidOperationException", Value.Exception(Sample.ErrorType, null));
        yield return Case("Counter", Value.UnderConstruction(0, Sample.Constructor));
        yield return Case("Counter#9", Value.UnderConstruction(9, Sample.Constructor));
    }

    private static IEnumerable<TestCaseData> BadValues()
    {
        yield return Case("?", [200]);
        yield return Case("?", Scalar(ValueTag.DateTime, writer =>
        {
            writer.Write(long.MaxValue);
            writer.Write((byte)0);
        }));
        yield return Case("?", Scalar(ValueTag.Decimal, writer => writer.Write(new byte[16].Select(_ => (byte)0xFF).ToArray())));
        yield return Case("?", Scalar(ValueTag.TimeOnly, writer => writer.Write(-1L)));
        yield return Case("?", Scalar(ValueTag.DateOnly, writer => writer.Write(-1)));
    }

    [TestCaseSource(nameof(Values))]
    public void A_value_reads_as_in_source(string expected, byte[] value)
    {
        Rendered rendered = Render(value);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines.Single(), Is.EqualTo("   16 upd @.Counter.Total null -> " + expected));
            Assert.That(rendered.Damage.Any, Is.False);
        });
    }

    [TestCaseSource(nameof(BadValues))]
    public void A_value_that_cannot_be_read_is_a_question_mark_and_counted(string expected, byte[] value)
    {
        Rendered rendered = Render(value);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines.Single(), Is.EqualTo("   16 upd @.Counter.Total null -> " + expected));
            Assert.That(rendered.Damage.BadValues, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_value_nested_without_end_does_not_overflow_the_stack()
    {
        byte[] value = Value.Null;
        for (int i = 0; i < 2000; i++)
            value = Value.Tuple(value);
        Assert.That(Render(value).Damage.BadValues, Is.EqualTo(1));
    }

    [Test]
    public void What_cannot_be_captured_shows_its_type()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1).Run(Sample.Scan, 10, 0, 0, Value.Opaque, Value.Opaque).End(Sample.Scan, 20, 0, Value.Opaque);
        Assert.That(Rendered.From(trace).Lines, Is.EqualTo(new[]
        {
            "   70 run Sample.Program.Scan <- 'bytes':Span<byte>, 'count':ref int",
            "   70 end Sample.Program.Scan -> (not captured)",
        }));
    }

    [Test]
    public void An_end_by_something_that_is_no_exception_object_still_shows_as_one()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1)
            .End(Sample.Parse, 10, 0, Value.Null, failed: true)
            .End(Sample.Parse, 20, 0, Value.Object(3, Sample.CounterType), failed: true);
        Assert.That(Rendered.From(trace).Lines, Is.EqualTo(new[]
        {
            "   60 end Sample.Program.Parse -> !(unknown)",
            "   60 end Sample.Program.Parse -> !Counter#3",
        }));
    }

    [Test]
    public void A_name_cannot_forge_a_line_either()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Type(20, "Evil\n    1 run Fake\u001b[2J");
        trace.Thread(1).Update(Sample.TotalStore, 0, Value.Null, Value.Object(1, 20));
        Assert.That(Rendered.From(trace).Lines, Is.EqualTo(new[] { @"   16 upd @.Counter.Total null -> Evil\n    1 run Fake\u001B[2J#1" }));
    }

    private static Rendered Render(byte[] value)
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1).Update(Sample.TotalStore, 0, Value.Null, value);
        return Rendered.From(trace);
    }

    private static TestCaseData Case(string expected, byte[] value) =>
        new TestCaseData(expected, value)
        .SetArgDisplayNames(string.Concat(expected.Select(unit => char.IsSurrogate(unit) ? '?' : unit)), value[0].ToString());

    private static byte[] Scalar(ValueTag tag, Action<BinaryWriter> write) => Value.Tagged(tag, write);

    private static byte[] Wide(ValueTag tag, ulong low, ulong high) => Scalar(tag, writer =>
    {
        writer.Write(low);
        writer.Write(high);
    });

    private static byte[] Date(DateTime value) => Scalar(ValueTag.DateTime, writer =>
    {
        writer.Write(value.Ticks);
        writer.Write((byte)value.Kind);
    });

    private static void WriteDecimal(BinaryWriter writer, decimal value)
    {
        foreach (int word in decimal.GetBits(value))
            writer.Write(word);
    }
}
