using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ObjWatch.State;
using ObjWatch.Values.Naming;
using ObjWatch.Values.Redacting;
using ObjWatch.Values.Writing;

namespace ObjWatch.Values.Shapes;

/// <summary>How values of one type are captured, found out once.</summary>
internal sealed class TypeShape
{
    private static readonly ConditionalWeakTable<Type, TypeShape> _shapes = new();

    private readonly ElementCount? _count;
    private readonly TypeCode _code;
    private FieldRedaction? _redaction;

    private TypeShape(Type type)
    {
        _code = Type.GetTypeCode(type);
        Kind = Classify(type, out _count);
        if (Kind is ShapeKind.Struct or ShapeKind.Tuple)
        {
            Fields = FieldsOf(type);
            FieldWriters = FieldWriter.For(type, Fields);
        }

        if (Kind is ShapeKind.List or ShapeKind.Dictionary)
            WriteElements = ElementWriter.For(type);
        Growing = type.IsArray ? null : _count;
        IsPair = Kind == ShapeKind.Struct && Fields.Length == 2 && !Fields[0].FieldType.IsValueType && (type == typeof(DictionaryEntry)
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)));
        Number = Definitions.OfProcess.AddType(type, Fields);
    }

    /// <summary>In which way.</summary>
    public ShapeKind Kind { get; }

    /// <summary>The type's number in the trace.</summary>
    public int Number { get; }

    /// <summary>Of a structure: the fields that are captured.</summary>
    public FieldInfo[] Fields { get; } = [];

    /// <summary>What must not be recorded of a pair with a key that says so.</summary>
    public static bool[] RedactedPair { get; } = [false, true];

    /// <summary>Of a structure: whether it is a key, which is a reference, and the value that belongs to it.</summary>
    public bool IsPair { get; }

    /// <summary>Of a structure: which of its fields must not be recorded; null: all may be.</summary>
    /// <param name="redaction">By whose wishes: the last ones are remembered.</param>
    public bool[]? RedactedFields(Redaction redaction)
    {
        FieldRedaction? known = _redaction;
        if (known?.By != redaction)
            _redaction = known = new FieldRedaction(redaction, Fields);
        return known.Redacted;
    }

    /// <summary>Of a structure: writes these fields, where that can be done without boxing them.</summary>
    public FieldWriter[]? FieldWriters { get; }

    /// <summary>Of a collection: writes some of its elements, where that can be done without boxing them.</summary>
    public ElementWriter? WriteElements { get; }

    /// <summary>How values of a type are captured.</summary>
    public static TypeShape Of(Type type) =>
        _shapes.TryGetValue(type, out TypeShape? shape) ? shape : _shapes.GetValue(type, static t => new TypeShape(t));

    /// <summary>Whether values of the type are addresses, which reflection hands out in no form worth showing, or not at all.</summary>
    public static bool IsPointer(Type type) => type.IsPointer
#if NET
        || type.IsFunctionPointer
#endif
        ;

    /// <summary>Of a collection whose number of elements can be told and may change: tells it.</summary>
    public ElementCount? Growing { get; }

    /// <summary>The number of elements, or -1 where it cannot be told without running unknown code.</summary>
    public int CountOf(object collection) => _count?.Of(collection) ?? -1;

    /// <summary>A boxed enum's value, sign-extended.</summary>
    public long RawValue(object value) => _code switch
    {
        TypeCode.Int32 => (int)value,
        TypeCode.Byte => (byte)value,
        TypeCode.SByte => (sbyte)value,
        TypeCode.Int16 => (short)value,
        TypeCode.UInt16 => (ushort)value,
        TypeCode.UInt32 => (uint)value,
        TypeCode.Int64 => (long)value,
        TypeCode.UInt64 => (long)(ulong)value,
        TypeCode.Char => (char)value,
        TypeCode.Boolean => (bool)value ? 1 : 0,
        _ => 0,
    };

    /// <summary>An enum's value as it lies in memory, sign-extended.</summary>
    public long RawValue(ref byte value) => _code switch
    {
        TypeCode.Int32 => Unsafe.As<byte, int>(ref value),
        TypeCode.Byte or TypeCode.Boolean => value,
        TypeCode.SByte => (sbyte)value,
        TypeCode.Int16 => Unsafe.As<byte, short>(ref value),
        TypeCode.UInt16 or TypeCode.Char => Unsafe.As<byte, ushort>(ref value),
        TypeCode.UInt32 => Unsafe.As<byte, uint>(ref value),
        TypeCode.Int64 or TypeCode.UInt64 => Unsafe.As<byte, long>(ref value),
        _ => 0,
    };

    private static ShapeKind Classify(Type type, out ElementCount? count)
    {
        count = null;
        if (type.IsEnum)
            return ShapeKind.Enum;
        if (type.IsValueType)
        {
            if (BoxedPrimitive.Is(type))
                return ShapeKind.Primitive;
            return type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal)
                ? ShapeKind.Tuple : ShapeKind.Struct;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
            return ShapeKind.Delegate;
        if (typeof(Type).IsAssignableFrom(type))
            return FrameworkTypes.Owns(type) ? ShapeKind.Type : ShapeKind.Object;
        return KnownCollections.Classify(type, out count);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that trimming removed is not shown.")]
    private static FieldInfo[] FieldsOf(Type type)
    {
        FieldInfo[] fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        fields = Array.FindAll(fields, static field => !IsPointer(field.FieldType) && !field.FieldType.IsByRef);
        if (fields.Length > CaptureLimits.Fields)
            Array.Resize(ref fields, CaptureLimits.Fields);
        return fields;
    }
}
