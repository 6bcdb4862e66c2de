using System;
using ObjWatch.Recording;
using ObjWatch.Trace;

namespace ObjWatch.Values;

/// <summary>Writes the fields of a structure, or the items of a ValueTuple.</summary>
internal static unsafe class StructWriter
{
    public static void Write(ThreadRecorder recorder, object value, TypeShape shape, int level)
    {
        int count = level < CaptureLimits.Levels ? shape.Fields.Length : 0;
        if (shape.Kind == ShapeKind.Tuple && level < CaptureLimits.Levels)
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
        for (int i = 0; i < count; i++)
            ValueWriter.WriteReference(recorder, shape.Fields[i].GetValue(value), level + 1);
    }
}
