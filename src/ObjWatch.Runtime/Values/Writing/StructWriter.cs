using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Redacting;
using ObjWatch.Values.Shapes;

namespace ObjWatch.Values.Writing;

/// <summary>Writes the fields of a structure, or the items of a ValueTuple.</summary>
internal static unsafe class StructWriter
{
    /// <summary>Writes one that is boxed.</summary>
    public static void Write(RecordBuffer recorder, object value, TypeShape shape, Nesting nesting)
    {
        if (shape.FieldWriters != null)
        {
            // The first field of any object lies where a box has its contents.
            Write(recorder, ref Unsafe.As<StrongBox<byte>>(value).Value, shape, nesting);
            return;
        }

        if (!Begin(recorder, shape, nesting, out int count))
            return;
        bool[]? redacted = RedactedFields(recorder, shape, shape.IsPair ? shape.Fields[0].GetValue(value) : null);
        for (int i = 0; i < count; i++)
        {
            if (redacted != null && redacted[i])
                ValueWriter.WriteTag(recorder, ValueTag.Redacted);
            else
                ValueWriter.WriteInner(recorder, shape.Fields[i].GetValue(value), nesting.Field);
        }
    }

    /// <summary>Writes one from where it lies.</summary>
    public static void Write(RecordBuffer recorder, ref byte structure, TypeShape shape, Nesting nesting)
    {
        if (!Begin(recorder, shape, nesting, out int count))
            return;
        FieldWriter[] writers = shape.FieldWriters!;
        bool[]? redacted = RedactedFields(recorder, shape, shape.IsPair ? writers[0].ReferenceIn(ref structure) : null);
        for (int i = 0; i < count; i++)
        {
            if (redacted != null && redacted[i])
                ValueWriter.WriteTag(recorder, ValueTag.Redacted);
            else
                writers[i].Write(recorder, ref structure, nesting.Field);
        }
    }

    private static bool[]? RedactedFields(RecordBuffer recorder, TypeShape shape, object? key)
    {
        Redaction redaction = recorder.Rules.Redaction;
        return key != null && redaction.MatchesKey(key) ? TypeShape.RedactedPair : shape.RedactedFields(redaction);
    }

    private static bool Begin(RecordBuffer recorder, TypeShape shape, Nesting nesting, out int count)
    {
        bool showsFields = nesting.ShowsFields(recorder.Rules.Limits);
        count = showsFields ? shape.Fields.Length : 0;
        if (shape.Kind == ShapeKind.Tuple && showsFields)
        {
            if (!ValueWriter.HasRoom(recorder, 2 + count))
                return false;
            *recorder.Cursor++ = (byte)ValueTag.Tuple;
        }
        else if (!ValueWriter.WriteNumbered(recorder, ValueTag.Struct, shape.Number, 1 + count))
        {
            return false;
        }

        *recorder.Cursor++ = (byte)count;
        return true;
    }
}
