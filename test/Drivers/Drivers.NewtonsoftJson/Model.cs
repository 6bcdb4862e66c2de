using System;
using System.Collections.Generic;
using System.Runtime.Serialization;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace Drivers.NewtonsoftJson;

internal enum Status
{
    Unknown,
    [EnumMember(Value = "in-stock")]
    InStock,
    SoldOut,
}

[Flags]
internal enum Tags
{
    None = 0,
    New = 1,
    Hot = 2,
    Rare = 4,
}

/// <summary>What the documents are about; uses every kind of member the serializer knows.</summary>
internal sealed class Product
{
    [JsonProperty("product_id", Required = Required.Always)]
    public int Id { get; set; }

    public string? Name { get; set; }

    [JsonConverter(typeof(StringEnumConverter))]
    public Status Status { get; set; }

    public Tags Tags { get; set; }

    public decimal Price { get; set; }

    public double? Weight { get; set; }

    public DateTime Added { get; set; }

    public DateTimeOffset? Checked { get; set; }

    public TimeSpan Lifetime { get; set; }

    public Guid Key { get; set; }

    public Uri? Link { get; set; }

    public Version? Version { get; set; }

    public byte[]? Image { get; set; }

    public List<Review> Reviews { get; } = [];

    public Dictionary<string, object?> Properties { get; set; } = new();

    public int[,]? Matrix { get; set; }

    public (int Left, string Right) Pair { get; set; }

    [JsonIgnore]
    public string Secret { get; set; } = "secret";

    [JsonProperty(NullValueHandling = NullValueHandling.Ignore)]
    public string? Note { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JToken>? Extra { get; set; }

    public bool ShouldSerializeLifetime() => Lifetime > TimeSpan.Zero;

    [OnSerializing]
    internal void OnSerializing(StreamingContext context) => Secret = "serializing";

    [OnDeserialized]
    internal void OnDeserialized(StreamingContext context) => Secret = "deserialized " + Name;
}

internal sealed class Review
{
    [JsonConstructor]
    public Review(string author, int stars, Review? reply = null)
    {
        Author = author;
        Stars = stars;
        Reply = reply;
    }

    public string Author { get; }

    public int Stars { get; }

    public Review? Reply { get; }
}

internal abstract class Shape
{
    public string Color { get; set; } = "red";
}

internal sealed class Circle : Shape
{
    public double Radius { get; set; }
}

internal sealed class Group : Shape
{
    public List<Shape> Parts { get; set; } = [];

    public Group? Parent { get; set; }
}

internal sealed record Point(int X, int Y, string? Label = null);

internal struct Money
{
    public long Cents;

    public string Currency { get; set; }
}

/// <summary>Writes <see cref="Money"/> as text.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money ReadJson(JsonReader reader, Type objectType, Money existingValue, bool hasExistingValue, JsonSerializer serializer)
    {
        string[] parts = ((string)reader.Value!).Split(' ');
        return new Money { Cents = long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), Currency = parts[1] };
    }

    public override void WriteJson(JsonWriter writer, Money value, JsonSerializer serializer) => writer.WriteValue($"{value.Cents} {value.Currency}");
}

/// <summary>Names properties backwards and leaves out those that start with S.</summary>
internal sealed class BackwardsResolver : DefaultContractResolver
{
    protected override string ResolvePropertyName(string propertyName)
    {
        char[] characters = propertyName.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    protected override IList<JsonProperty> CreateProperties(Type type, MemberSerialization memberSerialization)
    {
        var properties = new List<JsonProperty>(base.CreateProperties(type, memberSerialization));
        properties.RemoveAll(property => property.UnderlyingName!.StartsWith('S'));
        return properties;
    }
}
