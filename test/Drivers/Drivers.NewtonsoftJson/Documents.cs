using System;
using System.IO;
using System.Linq;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Drivers.NewtonsoftJson;

/// <summary>LINQ to JSON: building, parsing, paths, editing, merging, comparing, large documents.</summary>
internal static class Documents
{
    private const string Store = """
        {
          // a comment
          "store": {
            "book": [
              { "category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95 },
              { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99 },
              { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 },
              { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99 }
            ],
            "bicycle": { "color": "red", "price": 19.95, 'quoted': 0x1F, unquoted: [1e3, -0.5, null, true,] }
          },
          "expensive": 10
        }
        """;

    private static readonly string[] _paths =
    [
        "$.store.book[*].author", "$..author", "$.store.*", "$.store..price", "$..book[2]", "$..book[-1:]", "$..book[0,1]", "$..book[:2]", "$..book[?(@.isbn)]",
        "$..book[?(@.price < 10)].title", "$..book[?(@.category == 'fiction' && @.price >= 12)].title", "$..book[?(@.title =~ /^S.*/i)].price", "$..*",
        "store.book[1]['title']", "$..book[::2].title", "$..book[?(@.price == 8.95 || @.author == 'Herman Melville')].title", "$.store.bicycle['color','price']",
    ];

    public static void Run(TextWriter output)
    {
        JObject root = JObject.Parse(Store, new JsonLoadSettings { CommentHandling = CommentHandling.Load, LineInfoHandling = LineInfoHandling.Load });
        foreach (string path in _paths)
        {
            JToken[] found = root.SelectTokens(path).ToArray();
            output.WriteLine($"{path}: {found.Length} {string.Join(" ", found.Select(token => token.ToString(Formatting.None)))}");
        }

        Editing(root, output);
        Merging(output);
        Building(output);
        Large(output);
    }

    private static void Editing(JObject root, TextWriter output)
    {
        var store = (JObject)root["store"]!;
        var books = (JArray)store["book"]!;
        int changes = 0;
        books.ListChanged += (_, _) => changes++;
        store.PropertyChanged += (_, arguments) => changes += arguments.PropertyName!.Length;
        books[0].AddAfterSelf(new JObject(new JProperty("title", "Inserted"), new JProperty("price", 1)));
        books.Add("text");
        books[2].Remove();
        books.Last!.Replace(new JArray(1, 2));
        store["bicycle"]!["color"] = JValue.CreateNull();
        store.Property("bicycle")!.AddBeforeSelf(new JProperty("first", Guid.Empty));
        store.Remove("none");
        store["added"] = JToken.FromObject(new { When = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), Bytes = new byte[] { 1, 2 } });
        output.WriteLine($"{changes} {books.Count} {books[1].Path} {((IJsonLineInfo)books[0]).LineNumber}");
        output.WriteLine(root.ToString(Formatting.None));
        output.WriteLine(JToken.DeepEquals(root, root.DeepClone()));
        output.WriteLine(root.Descendants().OfType<JProperty>().Select(property => property.Name).Distinct().Aggregate((left, right) => left + "," + right));
        output.WriteLine($"{books[0].Value<double>("price")} {(string?)books[0]["title"]} {books.Ancestors().Count()} {books[0].Next!.Previous == books[0]}");
        output.WriteLine(string.Join(" ", root.Annotations<object>().Count(), store.Properties().Count(), root.SelectToken("$.store.added.When")!.Type));
    }

    private static void Merging(TextWriter output)
    {
        foreach (MergeArrayHandling handling in Enum.GetValues<MergeArrayHandling>())
        {
            JObject left = JObject.Parse("""{"a":[1,2,{"x":1}],"b":{"c":1,"d":null},"e":5}""");
            left.Merge(JObject.Parse("""{"a":[2,{"y":2}],"b":{"d":7,"c":null},"f":[]}"""),
                new JsonMergeSettings { MergeArrayHandling = handling, MergeNullValueHandling = MergeNullValueHandling.Merge });
            output.WriteLine($"{handling} {left.ToString(Formatting.None)}");
        }
    }

    private static void Building(TextWriter output)
    {
        var built = new JObject(
            new JProperty("numbers", new JArray(Enumerable.Range(0, 5).Select(number => new JValue(number * number)))),
            new JProperty("groups", new JObject(
                from word in "the quick brown fox jumps over the lazy dog".Split(' ')
                group word by word.Length into words
                orderby words.Key
                select new JProperty("len" + words.Key, new JArray(words.Distinct())))),
            new JProperty("raw", new JRaw("{ \"as\": \"is\" }")),
            new JProperty("constructor", new JConstructor("Date", 1, 2, 3)));
        output.WriteLine(built.ToString());
        output.WriteLine(built.SelectToken("groups.len5[1]"));
        built.Remove("raw");
        using JsonReader reader = built.CreateReader();
        output.WriteLine(JToken.ReadFrom(reader).Count());
        output.WriteLine(new JValue(1.0).CompareTo(new JValue(2)) + " " + JToken.EqualityComparer.Equals(new JValue(3L), new JValue(3)) + " " + (int)new JValue("12"));
    }

    private static void Large(TextWriter output)
    {
        var text = new StringBuilder("[");
        for (int i = 0; i < 200; i++)
            text.Append(i == 0 ? "" : ",").Append("{\"id\":").Append(i).Append(",\"name\":\"item ").Append(i).Append("\\u00e4\\n\",\"tags\":[\"a\",\"b\",").Append(i * 0.25).Append("],\"deep\":{\"a\":{\"b\":{\"c\":[[[").Append(i).Append("]]]}}}}");
        JArray array = JArray.Parse(text.Append(']').ToString());
        output.WriteLine($"{array.Count} {array.Sum(item => (int)item["id"]!)} {array.Sum(item => (double)item["tags"]![2]!)}");
        output.WriteLine(array.Children<JObject>().Sum(item => (int)item.SelectToken("deep.a.b.c[0][0][0]")!));
        output.WriteLine(Serialization.Hash(array.ToString()));
        JToken clone = array.DeepClone();
        clone[199]!["name"] = "changed";
        output.WriteLine(JToken.DeepEquals(array, clone));
        string deep = new string('[', 60) + "1" + new string(']', 60);
        output.WriteLine(JToken.Parse(deep).Path + JToken.Parse(deep).DescendantsCount());
    }

    private static int DescendantsCount(this JToken token) => ((JContainer)token).DescendantsAndSelf().Count();
}
