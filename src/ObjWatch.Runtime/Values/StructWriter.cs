using ObjWatch.Recording;
using ObjWatch.Trace;

namespace ObjWatch.Values;

/// <summary>Writes the fields of a structure, or the items of a ValueTuple.</summary>
internal static unsafe class StructWriter
{
    public static void Write(ThreadRecorder recorder, object value, TypeShape shape, Nesting nesting)
    {
        int count = nesting.ShowsFields ? shape.Fields.Length : 0;
        if (shape.Kind == ShapeKind.Tuple && nesting.ShowsFields)
        {
            if (!ValueWriter.HasRoom(recorder, 2 + count))
                return;
            *recorder.Cursor++ = (byte)ValueTag.Tuple;
        }
        else if (!ValueWriter.WriteNumbered(recorder, ValueTag.Struct, shape.Number, 1 + count))
        {
            return;
        }

        *recorder.Cursor++ = (byte)count;
        if (count == 0)
            return;
        bool[] redacted = shape.RedactedFields;
        bool isRedactedPair = shape.IsPair && Redaction.Current.MatchesKey(shape.Fields[0].GetValue(value));
        for (int i = 0; i < count; i++)
        {
            if (redacted[i] || (isRedactedPair && i == 1))
                ValueWriter.WriteTag(recorder, ValueTag.Redacted);
            else
                ValueWriter.WriteReference(recorder, shape.Fields[i].GetValue(value), nesting.Field);
        }
    }
}
