using System;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Naming;
using ObjWatch.Values.Shapes;

namespace ObjWatch.Values.Writing;

/// <summary>Writes values into the open record of a thread. It never runs the program's own code, and never writes past the record's
/// end.</summary>
internal static unsafe class ValueWriter
{
    /// <summary>Kept free for the tags of the values still to come.</summary>
    private const int Reserve = 64;

    /// <summary>Two of them fit into a record.</summary>
    private const int LongestWrapperText = 1800;

    /// <summary>Bytes an object takes.</summary>
    public const int ObjectSize = 9;

    public static void WriteOpaque(RecordBuffer recorder) => WriteTag(recorder, ValueTag.Opaque);

    /// <summary>Writes an object: the last owner in one byte.</summary>
    /// <returns>The place behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* WriteIdentity(RecordBuffer recorder, byte* place, ulong identity)
    {
        if (identity == recorder.Owner)
        {
            *place = (byte)ValueTag.LastOwner;
            return place + 1;
        }

        *place = (byte)ValueTag.Object;
        Unsafe.WriteUnaligned(place + 1, identity);
        return place + ObjectSize;
    }

    /// <summary>Writes a tag that has nothing behind it.</summary>
    public static void WriteTag(RecordBuffer recorder, ValueTag tag)
    {
        if (recorder.Cursor < recorder.RecordEnd || recorder.MoveOn())
            *recorder.Cursor++ = (byte)tag;
    }

    /// <summary>Writes a value, or that it could not be captured.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteGuarded<T>(RecordBuffer recorder, T value)
    {
        long start = recorder.Cursor - recorder.RecordStart;
        try
        {
            Write(recorder, ref value, Nesting.None);
        }
        catch (Exception failure)
        {
            Abandon(recorder, start, failure);
        }
    }

    /// <summary>Takes back what was written of a value.</summary>
    /// <param name="recorder">Whose record.</param>
    /// <param name="start">Where in the record it begins: the record itself may have moved meanwhile.</param>
    /// <param name="failure">Why.</param>
    public static void Abandon(RecordBuffer recorder, long start, Exception failure)
    {
        recorder.Rewind(recorder.RecordStart + start);
        WriteOpaque(recorder);
        ProbeFailures.Note(failure);
    }

    /// <summary>Whether there is room for so many bytes; else the value is written as one that cannot be captured.</summary>
    public static bool HasRoom(RecordBuffer recorder, int size)
    {
        if (Fits(recorder, size) || (recorder.MoveOn() && Fits(recorder, size)))
            return true;
        WriteOpaque(recorder);
        return false;
    }

    private static bool Fits(RecordBuffer recorder, int size) => recorder.Cursor + size + Reserve <= recorder.RecordEnd;

    /// <summary>Writes a value from where it lies.</summary>
    /// <param name="recorder">Whose record.</param>
    /// <param name="value">The value.</param>
    /// <param name="nesting">What it stands in.</param>
    public static void Write<T>(RecordBuffer recorder, ref T value, Nesting nesting)
    {
        if (Primitive.Is<T>())
            WritePrimitive(recorder, value);
        else if (!typeof(T).IsValueType)
            WriteReference(recorder, value, nesting);
        else if (ValueFacts<T>.Shape.Kind == ShapeKind.Enum)
            WriteEnum(recorder, ValueFacts<T>.Shape, ValueFacts<T>.Shape.RawValue(ref Unsafe.As<T, byte>(ref value)));
        else if (NullablePrimitive.TryWrite(recorder, ref value))
            return;
        else if (ValueFacts<T>.IsPlainStructure && ValueFacts<T>.Shape.FieldWriters != null)
            StructWriter.Write(recorder, ref Unsafe.As<T, byte>(ref value), ValueFacts<T>.Shape, nesting);
        else
            WriteReference(recorder, value, nesting);
    }

    /// <summary>Writes a value that stands in another, or what the wrapper that formats the other makes of it.</summary>
    public static void WriteInner<T>(RecordBuffer recorder, ref T value, Nesting nesting)
    {
        if (nesting.IsWrapped && recorder.ElementText!(value) is { } shown)
            WriteWrapperText(recorder, shown);
        else
            Write(recorder, ref value, nesting);
    }

    /// <summary>As <see cref="WriteInner{T}"/>.</summary>
    public static void WriteInner(RecordBuffer recorder, object? value, Nesting nesting) =>
        WriteInner<object?>(recorder, ref value, nesting);

    /// <summary>Writes a reference, a boxed value or null.</summary>
    /// <param name="recorder">Whose record.</param>
    /// <param name="value">The value.</param>
    /// <param name="nesting">What it stands in.</param>
    public static void WriteReference(RecordBuffer recorder, object? value, Nesting nesting)
    {
        if (value == null)
            WriteTag(recorder, ValueTag.Null);
        else if (recorder.Identities.TryGet(value, out ulong identity))
            WriteIdentity(recorder, identity);
        else if (value is string text)
            WriteString(recorder, text);
        else
            WriteShaped(recorder, value, recorder.Shapes.Of(value.GetType()), nesting);
    }

    public static void WritePrimitive<T>(RecordBuffer recorder, T value)
    {
        if (HasRoom(recorder, Primitive.MaximumSize))
            recorder.Cursor = Primitive.Write(recorder.Cursor, value);
    }

    public static void WriteString(RecordBuffer recorder, string text) =>
        WriteText(recorder, ValueTag.String, text, recorder.Rules.Limits.StringLength);

    /// <summary>Writes what a wrapper has made of a value, cut where it is longer than any line should be.</summary>
    public static void WriteWrapperText(RecordBuffer recorder, string text) =>
        WriteText(recorder, ValueTag.WrapperText, text, LongestWrapperText);

    /// <summary>Writes a tag, a number, and nothing else.</summary>
    public static bool WriteNumbered(RecordBuffer recorder, ValueTag tag, int number, int more)
    {
        if (!HasRoom(recorder, 5 + more))
            return false;
        byte* place = recorder.Cursor;
        *place = (byte)tag;
        Unsafe.WriteUnaligned(place + 1, number);
        recorder.Cursor = place + 5;
        return true;
    }

    private static void WriteText(RecordBuffer recorder, ValueTag tag, string text, int most)
    {
        int stored = Math.Min(text.Length, most);
        if (stored < text.Length && stored > 0 && char.IsHighSurrogate(text[stored - 1]))
            stored--;
        int bytes = stored * sizeof(char);
        if (!HasRoom(recorder, 7 + bytes))
            return;
        byte* place = recorder.Cursor;
        *place = (byte)tag;
        Unsafe.WriteUnaligned(place + 1, text.Length);
        Unsafe.WriteUnaligned(place + 5, (ushort)stored);
        fixed (char* units = text)
            Buffer.MemoryCopy(units, place + 7, bytes, bytes);
        recorder.Cursor = place + 7 + bytes;
    }

    private static void WriteIdentity(RecordBuffer recorder, ulong identity)
    {
        if (HasRoom(recorder, ObjectSize))
            recorder.Cursor = WriteIdentity(recorder, recorder.Cursor, identity);
    }

    private static void WriteEnum(RecordBuffer recorder, TypeShape shape, long raw)
    {
        if (!WriteNumbered(recorder, ValueTag.Enum, shape.Number, sizeof(long)))
            return;
        Unsafe.WriteUnaligned(recorder.Cursor, raw);
        recorder.Cursor += sizeof(long);
    }

    private static void WriteShaped(RecordBuffer recorder, object value, TypeShape shape, Nesting nesting)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Primitive:
                BoxedPrimitive.Write(recorder, value);
                break;
            case ShapeKind.Enum:
                WriteEnum(recorder, shape, shape.RawValue(value));
                break;
            case ShapeKind.Struct:
            case ShapeKind.Tuple:
                StructWriter.Write(recorder, value, shape, nesting);
                break;
            case ShapeKind.List:
            case ShapeKind.Set:
            case ShapeKind.Dictionary:
                CollectionWriter.Write(recorder, value, shape, nesting);
                break;
            case ShapeKind.Delegate:
                WriteNumbered(recorder, ValueTag.Delegate, DelegateNames.NumberOf((Delegate)value), 0);
                break;
            case ShapeKind.Type:
                WriteNumbered(recorder, ValueTag.TypeReference, TypeShape.Of((Type)value).Number, 0);
                break;
            default:
                WriteIdentity(recorder, recorder.Identities.Get(value));
                break;
        }
    }
}
