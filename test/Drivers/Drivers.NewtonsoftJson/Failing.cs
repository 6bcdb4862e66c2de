using System;
using System.Collections.Generic;
using System.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Drivers.NewtonsoftJson;

/// <summary>Input that is wrong, and what is said about it.</summary>
internal static class Failing
{
    private static readonly string[] _broken =
    [
        "", "{", "[1,", "{\"a\"}", "{\"a\":}", "[1 2]", "nul", "\"open", "{\"a\":1}}", "[1,,2]", "01x", "{'a':tru}", "[\"\\u12\"]", "-", "/* open", "[1.2.3]", "{a b:1}", "new Date(", "[Infinit]",
    ];

    public static void Run(TextWriter output)
    {
        foreach (string text in _broken)
            output.WriteLine(Attempt(() => JToken.Parse(text)));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<int>("\"no number\"")));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<Product>("{}")));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<Product>("""{"product_id":1,"Status":"Nonsense"}""")));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<List<Point>>("""{"X":1}""")));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<Shape>("""{"Color":"c"}""")));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<Point>("""{"X":99999999999}""")));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<Point>("""{"Z":1}""", new JsonSerializerSettings { MissingMemberHandling = MissingMemberHandling.Error })));
        output.WriteLine(Attempt(() => JsonConvert.DeserializeObject<object>(new string('[', 70) + new string(']', 70))));
        output.WriteLine(Attempt(() => JsonConvert.SerializeObject(Loop())));
        output.WriteLine(Attempt(() => JObject.Parse("{}").SelectToken("$.a[", true)));
        output.WriteLine(Attempt(() => JObject.Parse("{}").SelectToken("$.missing", errorWhenNoMatch: true)));
        output.WriteLine(Attempt(() => (int)JToken.Parse("{}")));
        output.WriteLine(Attempt(() => new JProperty("p", 1, 2)));
        output.WriteLine(Attempt(() => new JArray { new JProperty("p", 1) }));
        var errors = new List<string>();
        var settings = new JsonSerializerSettings
        {
            Error = (_, arguments) =>
            {
                errors.Add($"{arguments.ErrorContext.Path}: {arguments.ErrorContext.Error.GetType().Name}");
                arguments.ErrorContext.Handled = true;
            },
        };
        List<int>? numbers = JsonConvert.DeserializeObject<List<int>>("""[1, "two", 3, {"four": 4}, null, 5]""", settings);
        output.WriteLine($"{string.Join(",", numbers ?? [])} | {string.Join(" | ", errors)}");
    }

    private static Group Loop()
    {
        var group = new Group();
        group.Parts.Add(group);
        return group;
    }

    private static string Attempt(Func<object?> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            return $"{exception.GetType().Name}: {exception.Message}{(exception.InnerException is null ? "" : " <- " + exception.InnerException.Message)}";
        }
    }
}
