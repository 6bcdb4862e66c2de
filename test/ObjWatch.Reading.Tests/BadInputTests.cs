using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Whatever a program's values and names hold, each format is well-formed and tells what the text tells.</summary>
[TestFixture]
internal sealed class BadInputTests
{
    private static IEnumerable<TestCaseData> Texts()
    {
        yield return Case("lines", "a\nb\r\nc\u2028d\u2029e\u0085f\vg\fh", @"""a\nb\r\nc\u2028d\u2029e\u0085f\u000Bg\u000Ch""");
        yield return Case("quotes", "\"'`\\\"", @"""\""'`\\\""""");
        yield return Case("controls", "\0\u0001\u001B[31m\u007F\u009F\t", @"""\0\u0001\u001B[31m\u007F\u009F\t""");
        yield return Case("surrogates", "\uD800x\uDC00\uDBFF", @"""\uD800x\uDC00\uDBFF""");
        yield return Case("pair", "😀", "\"😀\"");
        yield return Case("direction", "\u202Egnp.exe\u2066\u200F", @"""\u202Egnp.exe\u2066\u200F""");
        yield return Case("noncharacters", "\uFFFE\uFFFF\uFDD0\uFEFF", "\"\\uFFFE\\uFFFF\uFDD0\\uFEFF\"");
        yield return Case("xml", "]]></Function><upd name=\"x\"/>&amp;&#0;<![CDATA[",
            "\"]]></Function><upd name=\\\"x\\\"/>&amp;&#0;<![CDATA[\"");
        yield return Case("json", "\"}],\"events\":[{\"id\":1", "\"\\\"}],\\\"events\\\":[{\\\"id\\\":1\"");
        yield return Case("line of text", "x\n   12 run Forged.Method <- ", "\"x\\n   12 run Forged.Method <- \"");
        yield return Case("spaces", "  two  spaces  ", "\"  two  spaces  \"");

        static TestCaseData Case(string name, string text, string shown) =>
            new TestCaseData(text, shown).SetName("Text_is_the_same_in_every_format: " + name);
    }

    [TestCaseSource(nameof(Texts))]
    public void Text_is_the_same_in_every_format(string text, string shown)
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1).Run(Sample.Parse, 100, 7, 0, Value.Text(text))
            .Update(Sample.NameStore, 1, Value.Text(text), Value.Tagged(ValueTag.Char, writer => writer.Write((ushort)text[0])))
            .End(Sample.Parse, 110, 0, Value.Exception(Sample.ErrorType, text), failed: true);
        byte[] bytes = trace.Build();
        Assert.Multiple(() =>
        {
            Assert.That(Documents.TextByThread(bytes),
                Has.Length.EqualTo(3).And.Some.EqualTo($"    7 run Sample.Program.Parse <- 'text':{shown}"));
            Assert.That(Documents.Disagreeing(bytes), Is.Empty);
        });
    }

    [Test]
    public void Long_texts_and_odd_numbers_are_the_same_in_every_format()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1)
            .Update(Sample.NameStore, 1, Value.Null, Value.Text(new string('"', 1024), length: 10_000_000));
        foreach (double number in new[]
            { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue })
            thread.Update(Sample.TotalStore, 0, Value.Null, Value.Tagged(ValueTag.Double, writer => writer.Write(number)));
        byte[] bytes = trace.Build();
        string[] lines = Documents.TextByThread(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.EndWith("...\" (10000000 chars) #1"));
            Assert.That(lines.Skip(1).Select(line => line.Split(" -> ")[1]),
                Is.EqualTo(new[]
                    { "NaN", "Infinity", "-Infinity", "-0", double.Epsilon.ToString("R", CultureInfo.InvariantCulture),
                        double.MaxValue.ToString("R", CultureInfo.InvariantCulture) }));
            Assert.That(Documents.Disagreeing(bytes), Is.Empty);
        });
    }

    [Test]
    public void Names_of_every_kind_are_the_same_in_every_format()
    {
        const string Deep = "Dictionary<string, List<Func<Task<Tuple<int, Outer.Box`1[T]>>>>>";
        const string Odd = "A`2+<>c__DisplayClass0_0.<M>g__\"x\"|0_0&\n</Function>\u202E\uD800";
        var table = new SiteTable { WeaverVersion = "0.1.0", AssemblyName = Odd, Files = { "/a \"b\" <c> & d\n.cs" } };
        table.Methods.Add(new MethodEntry("Ns." + Odd + ".Run", Odd, 0, 3, MethodFlags.None, [new ParameterEntry(Odd, Deep)])
            { NamespaceLength = 2 });
        table.Members.Add(new MemberEntry(Odd, MemberKind.Instance));
        table.Sites.Add(new SiteEntry(SiteKind.Method, 0, -1, 0));
        table.Sites.Add(new SiteEntry(SiteKind.Store, 0, 0, 4));
        table.Sites.Add(new SiteEntry(SiteKind.Length, 0, 0, 5));
        var trace = new TraceBuilder();
        trace.Table(1, table);
        trace.Type(1, Deep);
        trace.Type(2, Odd, Odd);
        trace.ThreadName(1, 1, Odd);
        trace.Fact("option.Output", Odd);
        trace.Thread(1).Run(1, 100, 0, 0, Value.Object(1, 2), Value.Opaque)
            .Update(2, 1, Value.Struct(2, Value.Null), Value.Object(2, 1))
            .Length(3, 1, 0, 1, 1)
            .Length(3, 1, 1, 0, 2)
            .End(1, 110, 0, Value.Exception(2, null), failed: true);
        byte[] bytes = trace.Build();
        Assert.Multiple(() =>
        {
            Assert.That(Documents.TextByThread(bytes), Has.Length.EqualTo(5).And.Some.Contains(Deep));
            Assert.That(Documents.Disagreeing(bytes), Is.Empty);
        });
    }
}
