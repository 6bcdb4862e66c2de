using CsCheck;
using NUnit.Framework;
using ObjWatch.Trace.Selecting;

namespace ObjWatch.Weaver.Tests.Selecting;

/// <summary>The grammar of targets.</summary>
public sealed class TargetParserTests
{
    [TestCase("*")]
    [TestCase("MyApp")]
    [TestCase("MyApp.Models")]
    [TestCase("MyApp.*.M?dels")]
    [TestCase("MyApp.Models:User")]
    [TestCase(":User")]
    [TestCase("*:User")]
    [TestCase("MyApp.Models:User+Address")]
    [TestCase("MyApp.Models:User.Save()")]
    [TestCase("MyApp.Models:User..ctor()")]
    [TestCase("MyApp.Models:User..cctor()")]
    [TestCase("MyApp.Models:User.Name")]
    [TestCase("MyApp.Models:User.System.IDisposable.Dispose()")]
    [TestCase("MyApp.Models:User.MyApp.IStore<T>.Put()")]
    [TestCase("MyApp.Models:Config::Debug")]
    [TestCase("MyApp:Box`1")]
    [TestCase("MyApp:Box`1+Node.Value")]
    [TestCase("Models/User.cs")]
    [TestCase("User.cs")]
    [TestCase("**/Models/*.cs")]
    [TestCase("Größe:Maß.Länge")]
    public void A_target_prints_as_it_is_written(string text) => Assert.That(TargetParser.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("MyApp:Box<T>", "MyApp:Box`1")]
    [TestCase("MyApp:Map<TKey, TValue>.Get()", "MyApp:Map`2.Get()")]
    [TestCase("MyApp:Box<List<A,B>>", "MyApp:Box`1")]
    [TestCase("MyApp:Box.Map<T>()", "MyApp:Box.Map()")]
    public void Type_parameters_only_count(string text, string printed) =>
        Assert.That(TargetParser.Parse(text).ToString(), Is.EqualTo(printed));

    [TestCase("MyApp.", 7, "a name")]
    [TestCase(".MyApp", 1, "a name")]
    [TestCase("MyApp..Models", 7, "a name")]
    [TestCase("MyApp.Save()", 11, "':' between namespace and type")]
    [TestCase("MyApp:", 7, "the name of a type")]
    [TestCase("MyApp:User+", 12, "the name of a type")]
    [TestCase("MyApp:User.", 12, "the name of a member")]
    [TestCase("MyApp:User.Save(", 17, "')'")]
    [TestCase("MyApp:User.Save(int)", 17, "overloads")]
    [TestCase("MyApp:User.Save()x", 18, "the end")]
    [TestCase("MyApp:User..ctor", 17, "'()'")]
    [TestCase("MyApp:User..dtor()", 12, "'.ctor()'")]
    [TestCase("MyApp:User:Name", 12, "'::'")]
    [TestCase("MyApp:User::", 13, "static member")]
    [TestCase("MyApp:User::Load()", 17, "the end")]
    [TestCase("MyApp:User Name", 11, "'.' and a member")]
    [TestCase("MyApp:Box<T", 10, "'>'")]
    [TestCase("MyApp:Box`x", 11, "number of type parameters")]
    [TestCase("My App", 3, "':'")]
    [TestCase("9Lives", 1, "a name")]
    [TestCase("Models/<T>.cs", 8, "source file")]
    [TestCase("()", 1, "a name")]
    public void An_error_tells_where_and_what_was_expected(string text, int column, string expected)
    {
        var exception = Assert.Throws<TargetSyntaxException>(() => TargetParser.Parse(text))!;
        Assert.That(exception.Column, Is.EqualTo(column), exception.Message);
        Assert.That(exception.Message, Does.Contain(expected));
    }

    [TestCase("A;B,C\nD\r\n E \t;;,\n", new[] { "A", "B", "C", "D", "E" })]
    [TestCase("", new string[0])]
    [TestCase("A:Map<K,V>.Get(),B", new[] { "A:Map<K,V>.Get()", "B" })]
    [TestCase("A:Map<K,V;B", new[] { "A:Map<K,V", "B" })]
    public void A_list_is_split_and_trimmed(string text, string[] entries) => Assert.That(TargetText.Split(text), Is.EqualTo(entries));

    [Test]
    public void Whatever_the_grammar_makes_is_parsed_and_printed_the_same()
    {
        Gen<string> name = Gen.String[Gen.Char["abXYZ_*?"], 1, 6];
        Gen<string> space = name.Array[1, 3].Select(parts => string.Join(".", parts));
        Gen<string> typeName = Gen.Select(name, OneOf("", "`1", "`12"), (text, arity) => text + arity);
        Gen<string> type =
            Gen.Select(Gen.OneOf(space, Gen.Const("")), typeName.Array[1, 3], (prefix, chain) => $"{prefix}:{string.Join("+", chain)}");
        Gen<string> member = Gen.OneOf(
            name.Select(text => "." + text),
            name.Select(text => "." + text + "()"),
            name.Select(text => "::" + text),
            OneOf("", "..ctor()", "..cctor()"));
        Gen<string> file =
            Gen.Select(Gen.OneOf(name, Gen.Const("**")).Array[1, 3], name, (folders, last) => $"{string.Join("/", folders)}/{last}.cs");
        Gen<string> target = Gen.OneOf(space, Gen.Select(type, member, (text, rest) => text + rest), file);

        target.Sample(text => TargetParser.Parse(text).ToString() == text);
    }

    [Test]
    public void Whatever_is_typed_is_parsed_or_refused_within_the_text()
    {
        Gen.String[Gen.Char["aB1.:+()<>`/\\*? ,"], 0, 12].Sample(text =>
        {
            try
            {
                return TargetParser.Parse(text).ToString().Length > 0 || text.Length == 0;
            }
            catch (TargetSyntaxException exception)
            {
                return exception.Column >= 1 && exception.Column <= text.Length + 1;
            }
        });
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
