using System;
using System.Collections.Generic;
using System.Dynamic;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Drivers.NewtonsoftJson;

/// <summary>Objects to text and back, under many settings.</summary>
internal static class Serialization
{
    public static void Run(TextWriter output)
    {
        List<Product> products = Enumerable.Range(1, 20).Select(Make).ToList();
        foreach (JsonSerializerSettings settings in Settings())
        {
            string text = JsonConvert.SerializeObject(products, settings);
            output.WriteLine($"{text.Length} {Hash(text)}");
            output.WriteLine(text[..Math.Min(700, text.Length)]);
        }

        string json = JsonConvert.SerializeObject(products);
        List<Product> again = JsonConvert.DeserializeObject<List<Product>>(json)!;
        output.WriteLine(JsonConvert.SerializeObject(again) == json);
        output.WriteLine($"{again[3].Secret} {again[3].Reviews[1].Reply?.Author} {again[3].Properties["nested"]} {again[3].Matrix![1, 1]} {again[3].Pair}");
        Polymorphism(output);
        References(output);
        Populating(output);
        Dynamic(output);
        Collections(output);
    }

    public static int Hash(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));

    public static Product Make(int number) => new()
    {
        Id = number,
        Name = "Product \"" + number + "\" <&> \u00e9\u4e2d\t",
        Status = (Status)(number % 3),
        Tags = (Tags)(number % 8),
        Price = number * 1.10m,
        Weight = number % 4 == 0 ? null : number / 3.0,
        Added = new DateTime(2024, 1, 1, 10, 20, 30, DateTimeKind.Utc).AddHours(number * 7).AddTicks(number),
        Checked = number % 2 == 0 ? null : new DateTimeOffset(2023, 5, 6, 7, 8, 9, TimeSpan.FromHours(number % 12)),
        Lifetime = TimeSpan.FromMinutes(number % 5),
        Key = new Guid(number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Link = new Uri("https://example.org/p?id=" + number),
        Version = new Version(1, number),
        Image = Enumerable.Range(0, number).Select(value => (byte)(value * 7)).ToArray(),
        Reviews = { new Review("ann", number % 6), new Review("bob", 1, new Review("carl", 5)) },
        Properties = new Dictionary<string, object?>
        {
            ["number"] = number, ["text"] = "t", ["none"] = null, ["list"] = new[] { 1.5, 2.5 }, ["nested"] = new { A = true },
        },
        Matrix = new[,] { { 1, 2 }, { 3, number } },
        Pair = (number, "right"),
        Note = number % 3 == 0 ? "note" : null,
        Extra = new Dictionary<string, JToken> { ["extra"] = number, ["more"] = new JArray(1, "two") },
    };

    private static IEnumerable<JsonSerializerSettings> Settings()
    {
        yield return new JsonSerializerSettings();
        yield return new JsonSerializerSettings { Formatting = Formatting.Indented, NullValueHandling = NullValueHandling.Ignore };
        yield return new JsonSerializerSettings { DefaultValueHandling = DefaultValueHandling.IgnoreAndPopulate };
        yield return new JsonSerializerSettings { ContractResolver = new CamelCasePropertyNamesContractResolver() };
        yield return new JsonSerializerSettings
        {
            ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy(true, true) },
            StringEscapeHandling = StringEscapeHandling.EscapeNonAscii,
        };
        yield return new JsonSerializerSettings
        {
            ContractResolver = new DefaultContractResolver { NamingStrategy = new KebabCaseNamingStrategy() },
            StringEscapeHandling = StringEscapeHandling.EscapeHtml,
        };
        yield return new JsonSerializerSettings { ContractResolver = new BackwardsResolver() };
        yield return new JsonSerializerSettings
        {
            DateFormatHandling = DateFormatHandling.MicrosoftDateFormat, DateTimeZoneHandling = DateTimeZoneHandling.Utc,
            FloatFormatHandling = FloatFormatHandling.String,
        };
        yield return new JsonSerializerSettings { DateFormatString = "yyyy/MM/dd HH-mm", TypeNameHandling = TypeNameHandling.None, MaxDepth = 5 };
    }

    private static void Polymorphism(TextWriter output)
    {
        var settings = new JsonSerializerSettings
        {
            TypeNameHandling = TypeNameHandling.Auto,
            SerializationBinder = new DefaultSerializationBinder(),
            Formatting = Formatting.Indented,
        };
        var group = new Group { Parts = { new Circle { Radius = 2.5, Color = "blue" }, new Group { Parts = { new Circle() } } } };
        string text = JsonConvert.SerializeObject(group, settings);
        output.WriteLine(text);
        var again = JsonConvert.DeserializeObject<Group>(text, settings)!;
        output.WriteLine($"{again.Parts[0].GetType().Name} {((Circle)again.Parts[0]).Radius} {((Group)again.Parts[1]).Parts.Count}");
    }

    private static void References(TextWriter output)
    {
        var parent = new Group { Color = "green" };
        var child = new Group { Parent = parent };
        parent.Parts.Add(child);
        parent.Parts.Add(child);
        var settings = new JsonSerializerSettings
        {
            PreserveReferencesHandling = PreserveReferencesHandling.All, ReferenceLoopHandling = ReferenceLoopHandling.Serialize,
            TypeNameHandling = TypeNameHandling.Objects,
        };
        string text = JsonConvert.SerializeObject(parent, settings);
        output.WriteLine(text);
        var again = JsonConvert.DeserializeObject<Group>(text, settings)!;
        output.WriteLine($"{ReferenceEquals(again.Parts[0], again.Parts[1])} {ReferenceEquals(((Group)again.Parts[0]).Parent, again)}");
        output.WriteLine(JsonConvert.SerializeObject(parent, new JsonSerializerSettings { ReferenceLoopHandling = ReferenceLoopHandling.Ignore }));
    }

    private static void Populating(TextWriter output)
    {
        Product product = Make(1);
        JsonConvert.PopulateObject("""{ "product_id": 8, "Name": "populated", "Reviews": [ { "author": "zoe", "stars": "4" } ], "unknown": { "a": [] } }""", product);
        output.WriteLine($"{product.Name} {product.Reviews.Count} {product.Reviews[^1].Stars} {product.Extra!.Count}");
        var trace = new MemoryTraceWriter { LevelFilter = System.Diagnostics.TraceLevel.Info };
        JsonConvert.DeserializeObject<Point>("""{"x":1,"Y":2}""", new JsonSerializerSettings { TraceWriter = trace });
        output.WriteLine(trace.GetTraceMessages().Count());
        output.WriteLine(JsonConvert.DeserializeObject<Point>("""{"x":1,"Y":2,"label":null}"""));
        output.WriteLine(JsonConvert.DeserializeAnonymousType("""{"Name":"n","Sizes":[1,2]}""", new { Name = "", Sizes = Array.Empty<int>() }));
    }

    private static void Dynamic(TextWriter output)
    {
        dynamic document = JObject.Parse("""{ "title": "t", "items": [ { "n": 1 }, { "n": 2.5 } ], "when": "2024-02-29T01:02:03Z" }""");
        document.added = 5;
        document.items[0].n = (int)document.items[0].n + 10;
        output.WriteLine($"{(string)document.title} {document.items.Count} {(int)document.items[0].n} {(double)document.items[1].n} {(DateTime)document.when:O}");
        output.WriteLine(((JObject)document).ToString(Formatting.None));
        dynamic expando = JsonConvert.DeserializeObject<ExpandoObject>("""{ "a": { "b": [1, "x", null, true] } }""")!;
        output.WriteLine($"{expando.a.b[1]} {expando.a.b.Count} {JsonConvert.SerializeObject(expando)}");
    }

    private static void Collections(TextWriter output)
    {
        var value = new
        {
            Stack = new Stack<int>([1, 2, 3]), Queue = new Queue<string>(["a", "b"]), Set = new SortedSet<int> { 3, 1, 2 },
            Linked = new LinkedList<double>([0.1, double.NaN, double.PositiveInfinity]), Lookup = new SortedDictionary<int, Point> { [2] = new(1, 2), [1] = new(3, 4, "l") },
            Jagged = new[] { new[] { 1 }, [], [2, 3] }, Cube = new int[2, 1, 2], Tuple = Tuple.Create(1, "t", new Money { Cents = 5, Currency = "EUR" }),
            Nullable = (int?)null, Character = 'c', Single = 1.1f, Large = ulong.MaxValue, Big = System.Numerics.BigInteger.Pow(7, 40), Day = new DateOnly(2024, 2, 29),
            Time = new TimeOnly(1, 2, 3), Type = typeof(List<int>).Name, Half = 0.5m,
        };
        string text = JsonConvert.SerializeObject(value, Formatting.Indented);
        output.WriteLine(text);
        output.WriteLine(JsonConvert.DeserializeObject<Stack<int>>("[1,2,3]")!.Peek());
        output.WriteLine(string.Join(",", JsonConvert.DeserializeObject<HashSet<string>>("""["x","y","x"]""")!.Order()));
        output.WriteLine(JsonConvert.DeserializeObject<Dictionary<Status, int[]>>("""{"SoldOut":[1,2],"InStock":[]}""")![Status.SoldOut][1]);
        output.WriteLine(JsonConvert.DeserializeObject<IReadOnlyDictionary<string, IEnumerable<long>>>("""{"k":[9223372036854775807]}""")!["k"].Single());
        output.WriteLine(JsonConvert.DeserializeObject<Tuple<int, string>>("""{"Item1":4,"Item2":"four"}"""));
        output.WriteLine(JsonConvert.DeserializeObject<int[,]>("[[1,2],[3,4]]")![1, 0]);
        output.WriteLine(JsonConvert.DeserializeObject<System.Numerics.BigInteger>("123456789012345678901234567890"));
    }
}
