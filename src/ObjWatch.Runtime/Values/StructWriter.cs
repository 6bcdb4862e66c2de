using System.Runtime.CompilerServices;
using ObjWatch.Recording;
using ObjWatch.Trace;

namespace ObjWatch.Values;

/// <summary>Writes the fields of a structure, or the items of a ValueTuple.</summary>
internal static unsafe class StructWriter
{
    /// <summary>Writes one that is boxed.</summary>
    public static void Write(ThreadRecorder recorder, object value, TypeShape shape, int level)
    {
        if (shape.FieldWriters != null)
        {
            // The first field of any object lies where a box has its contents.
            Write(recorder, ref Unsafe.As<StrongBox<byte>>(value).Value, shape, level);
            return;
        }

        if (!Begin(recorder, shape, level, out int count))
            return;
        for (int i = 0; i < count; i++)
            ValueWriter.WriteReference(recorder, shape.Fields[i].GetValue(value), level + 1);
    }

    /// <summary>Writes one from where it lies.</summary>
    public static void Write(ThreadRecorder recorder, ref byte structure, TypeShape shape, int level)
    {
        if (!Begin(recorder, shape, level, out int count))
            return;
        FieldWriter[] writers = shape.FieldWriters!;
        for (int i = 0; i < count; i++)
            writers[i].Write(recorder, ref structure, level + 1);
    }

    private static bool Begin(ThreadRecorder recorder, TypeShape shape, int level, out int count)
    {
        count = level < CaptureLimits.Levels ? shape.Fields.Length : 0;
        if (shape.Kind == ShapeKind.Tuple && level < CaptureLimits.Levels)
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
