using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
#if NET
using System.Text.Json;
#else
using System.Runtime.Serialization.Json;
using System.Xml;
using System.Xml.Linq;
#endif
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Options;

namespace ObjWatch.Configuration;

/// <summary>The file <c>objwatch.json</c>: in the working directory, else beside the application.</summary>
internal sealed class ConfigurationFile
{
    private const string FileName = "objwatch.json";

    private readonly Dictionary<string, string> _values;

    private ConfigurationFile(string path, Dictionary<string, string> values)
    {
        Path = path;
        _values = values;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Reads the file; null where there is none, or none that can be read, which is said once.</summary>
    public static ConfigurationFile? Find()
    {
        string path = System.IO.Path.GetFullPath(FileName);
        if (!File.Exists(path))
            path = System.IO.Path.Combine(ApplicationFolder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var file = new ConfigurationFile(path, Parse(path));
            file.TellUnknownKeys();
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException
#if NET
            or JsonException
#else
            or XmlException
#endif
            )
        {
            StandardError.SayOnce($"warning OBJW1112: {path} is ignored: {failure.Message}");
            return null;
        }
    }

    /// <summary>What the file says of an option, or null.</summary>
    public string? this[string key] => _values.TryGetValue(key, out string? value) ? value : null;

#if NET
    private static string ApplicationFolder => AppContext.BaseDirectory;
#else
    // Mono runs the module initializer of a program before it knows where the program lies; this library lies beside it.
    private static string ApplicationFolder =>
        (string?)AppContext.BaseDirectory ?? System.IO.Path.GetDirectoryName(typeof(ConfigurationFile).Assembly.Location)!;
#endif

    private void TellUnknownKeys()
    {
        foreach (string key in _values.Keys)
        {
            if (!OptionCatalog.OfRun.Any(option => option.Key.Equals(key, StringComparison.OrdinalIgnoreCase)))
                StandardError.SayOnce($"warning OBJW1110: {Path}: there is no option '{key}'; it is ignored");
        }
    }

#if NET
    private static Dictionary<string, string> Parse(string path)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), options);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new FormatException("it must hold an object, { \"option\": value, ... }");
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            values[property.Name] = property.Value.ValueKind == JsonValueKind.Array
                ? string.Join(";", property.Value.EnumerateArray().Select(Text))
                : Text(property.Value);
        }

        return values;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
#else
    private static Dictionary<string, string> Parse(string path)
    {
        // The reader shows the document as XML, with the type of each value in an attribute and the names that XML does not know in
        // another.
        using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(File.ReadAllBytes(path), XmlDictionaryReaderQuotas.Max);
        XElement root = XElement.Load(reader);
        if ((string?)root.Attribute("type") != "object")
            throw new FormatException("it must hold an object, { \"option\": value, ... }");
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (XElement property in root.Elements())
        {
            string name = (string?)property.Attribute("item") ?? property.Name.LocalName;
            values[name] = property.HasElements ? string.Join(";", property.Elements().Select(element => element.Value)) : property.Value;
        }

        return values;
    }
#endif
}
