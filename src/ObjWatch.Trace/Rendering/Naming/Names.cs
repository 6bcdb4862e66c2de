using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Text;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The names in a trace as harmless UTF-8, made once for each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Names
{
    // A compiler's names end well before this; a trace's may not swell every line by more.
    private const int LongestName = 4096;

    private readonly TraceDefinitions _definitions;
    private readonly Dictionary<uint, TypeText> _types = new();
    private readonly Dictionary<uint, byte[]> _texts = new();
    private readonly List<SiteText?[]> _sites = new();
    private readonly List<Dictionary<int, MethodText>> _methods = new();
    private AssemblySites? _lastAssembly;
    private uint _lastType;
    private TypeText? _lastTypeText;

    /// <param name="definitions">What the names are taken from.</param>
    public Names(TraceDefinitions definitions) => _definitions = definitions;

    /// <summary>Makes any text harmless.</summary>
    public static byte[] Safe(string text)
    {
        var buffer = new Utf8Buffer(Stream.Null, capacity: 64);
        Escaping.Write(buffer, text.AsSpan(0, Math.Min(text.Length, LongestName)), '\0');
        if (text.Length > LongestName)
            buffer.Append("..."u8);
        return buffer.ToArray();
    }

    /// <summary>A member's name with the prefix that tells where its state lives.</summary>
    public static string Of(MemberEntry member) => member.Kind switch
    {
        MemberKind.Static => "@." + member.Name,
        MemberKind.Local => "_." + member.Name,
        _ => member.Name,
    };

    /// <summary>The site with a number, or <see langword="null"/> where the trace does not define it.</summary>
    internal SiteText? Site(uint number)
    {
        AssemblySites? assembly = _lastAssembly;
        if (assembly is null || number - assembly.First >= (uint)assembly.Table.Sites.Count)
            assembly = Find(number);
        if (assembly is null)
            return null;
        SiteText?[] sites = _sites[assembly.Index];
        uint index = number - assembly.First;
        return sites[index] ??= Make(assembly, (int)index);
    }

    /// <summary>The type with a number.</summary>
    internal TypeText Type(uint number)
    {
        if (_lastTypeText is not null && _lastType == number)
            return _lastTypeText;
        if (!_types.TryGetValue(number, out TypeText? text))
        {
            if (!_definitions.Types.TryGetValue(number, out RecordedType? type))
                return TypeText.Unknown(number);
            text = new TypeText(type);
            _types.Add(number, text);
        }

        _lastType = number;
        return _lastTypeText = text;
    }

    /// <summary>The text with a number.</summary>
    internal byte[] Text(uint number)
    {
        if (!_texts.TryGetValue(number, out byte[]? text))
        {
            if (!_definitions.Texts.TryGetValue(number, out string? value))
                return Encoding.UTF8.GetBytes(FormattableString.Invariant($"?text {number}"));
            text = Safe(value);
            _texts.Add(number, text);
        }

        return text;
    }

    private AssemblySites? Find(uint number)
    {
        foreach (AssemblySites assembly in _definitions.Assemblies)
        {
            if (number - assembly.First >= (uint)assembly.Table.Sites.Count)
                continue;
            while (_sites.Count <= assembly.Index)
            {
                _sites.Add(new SiteText?[_definitions.Assemblies[_sites.Count].Table.Sites.Count]);
                _methods.Add(new Dictionary<int, MethodText>());
            }

            return _lastAssembly = assembly;
        }

        return null;
    }

    private SiteText Make(AssemblySites assembly, int index)
    {
        SiteEntry site = assembly.Table.Sites[index];
        MethodText? method = null;
        if (site.Method >= 0 && !_methods[assembly.Index].TryGetValue(site.Method, out method))
        {
            MethodEntry entry = assembly.Table.Methods[site.Method];
            method = new MethodText(entry, entry.File < 0 ? null : assembly.Table.Files[entry.File]);
            _methods[assembly.Index].Add(site.Method, method);
        }

        return new SiteText(site.Line, method, site.Member < 0 ? null : assembly.Table.Members[site.Member]);
    }
}
