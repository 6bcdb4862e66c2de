using System;
using System.Collections;
using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Shapes;

namespace ObjWatch.Values.Writing;

/// <summary>Writes a known collection: its count and first elements. One that is changed by another thread meanwhile shows only its
/// count.</summary>
internal static unsafe class CollectionWriter
{
    private const int CountUnknown = -1;

    public static void Write(RecordBuffer recorder, object value, TypeShape shape, Nesting nesting)
    {
        bool pairs = shape.Kind == ShapeKind.Dictionary;
        int count = shape.CountOf(value);
        int stored = nesting.ShowsElements ? Math.Min(count, recorder.Rules.Limits.Elements) : 0;
        if (!ValueWriter.WriteNumbered(recorder, pairs ? ValueTag.Dictionary : ValueTag.Collection, shape.Number, 5 + Math.Max(0, stored)))
            return;
        Unsafe.WriteUnaligned(recorder.Cursor, count < 0 ? CountUnknown : count);
        recorder.Cursor += sizeof(int);
        *recorder.Cursor++ = (byte)Math.Max(0, stored);
        // In the record, which may move while the elements are written.
        long behindStored = recorder.Cursor - recorder.RecordStart;
        if (stored <= 0)
            return;
        try
        {
            if (!WriteElements(recorder, value, shape, stored, nesting.Element))
                ShowNone(recorder, behindStored);
        }
        catch (Exception failure) when (failure
            is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            ShowNone(recorder, behindStored);
        }
    }

    private static bool WriteElements(RecordBuffer recorder, object value, TypeShape shape, int stored, Nesting nesting)
    {
        if (shape.WriteElements != null)
            return shape.WriteElements.Write(recorder, value, stored, nesting);

        if (shape.Kind == ShapeKind.List)
        {
            if (value is Array array && (array.Rank != 1 || array.GetLowerBound(0) != 0
                || TypeShape.IsPointer(array.GetType().GetElementType()!)))
                return false;
            var list = (IList)value;
            for (int i = 0; i < stored; i++)
                ValueWriter.WriteInner(recorder, list[i], nesting);
            return true;
        }

        if (shape.Kind == ShapeKind.Dictionary)
        {
            IDictionaryEnumerator pairs = ((IDictionary)value).GetEnumerator();
            for (int i = 0; i < stored; i++)
            {
                if (!pairs.MoveNext())
                    return false;
                object key = pairs.Key;
                ValueWriter.WriteInner(recorder, key, nesting);
                if (recorder.Rules.Redaction.MatchesKey(key))
                    ValueWriter.WriteTag(recorder, ValueTag.Redacted);
                else
                    ValueWriter.WriteInner(recorder, pairs.Value, nesting);
            }

            return true;
        }

        IEnumerator elements = ((IEnumerable)value).GetEnumerator();
        for (int i = 0; i < stored; i++)
        {
            if (!elements.MoveNext())
                return false;
            ValueWriter.WriteInner(recorder, elements.Current, nesting);
        }

        return true;
    }

    private static void ShowNone(RecordBuffer recorder, long behindStored)
    {
        recorder.Rewind(recorder.RecordStart + behindStored);
        recorder.Cursor[-1] = 0;
    }
}
