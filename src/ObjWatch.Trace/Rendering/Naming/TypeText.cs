using System;
using System.Text;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>A type's names as they stand in a line.</summary>
internal sealed class TypeText
{
    public TypeText(RecordedType type)
    {
        Name = Names.Safe(type.Name);
        NameBeforeNumber = [.. Name, (byte)'#'];
        IsEnum = type.IsEnum;
        Values = type.Values;
        Fields = Array.ConvertAll(type.Fields, Names.Safe);
    }

    private TypeText(byte[] name)
    {
        Name = name;
        NameBeforeNumber = [.. name, (byte)'#'];
        Values = [];
        Fields = [];
    }

    /// <summary>C# style name.</summary>
    public byte[] Name { get; }

    /// <summary>The name and <c>#</c>, behind which an object's number stands.</summary>
    public byte[] NameBeforeNumber { get; }

    /// <summary>Whether the fields are an enum's members.</summary>
    public bool IsEnum { get; }

    /// <summary>A struct's fields or an enum's members.</summary>
    public byte[][] Fields { get; }

    /// <summary>The members' raw values.</summary>
    public ulong[] Values { get; }

    /// <summary>Stands for a type that the trace does not define.</summary>
    public static TypeText Unknown(uint number) => new(Encoding.UTF8.GetBytes(FormattableString.Invariant($"?type {number}")));
}
