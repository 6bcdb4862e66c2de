using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Traces that several tests use.</summary>
internal static class Traces
{
    /// <summary>A small trace with every kind of record and value, of two threads.</summary>
    public static TraceBuilder Everything(uint version = TraceFormat.Version)
    {
        TraceBuilder trace = Sample.Trace(version);
        trace.ThreadName(1, 1, "main");
        trace.ThreadName(2, 5, "");
        byte[] counter = Value.Object(7, Sample.CounterType);
        StreamBuilder main = trace.Thread(1)
            .Run(Sample.Main, 100, 0, 0)
            .Run(Sample.Constructor, 110, 41, 1, Value.UnderConstruction(0, Sample.Constructor), Value.Int(10))
            .End(Sample.Constructor, 120, 1, Value.Void)
            .UpdateAtLine(Sample.NameStore, 7, 11, Value.Null, Value.Text("first", length: 900))
            .Run(Sample.Scan, 125, 0, 1, Value.Opaque, Value.Opaque)
            .End(Sample.Scan, 126, 1, Value.Opaque)
            .Run(Sample.Add, 130, 45, 1, counter, Value.Collection(Sample.ListType, 9, Value.Int(1), Value.Int(2)), Value.Int(-3))
            .Length(Sample.ItemsLength, 7, 3, 4, Sample.ListType)
            .EventsLost(3)
            .End(Sample.Add, 140, 1, Value.Exception(Sample.ErrorType, "no"), failed: true)
            .NextChunk()
            .Run(Sample.Parse, 150, 46, 1, Value.Text("\u001b[31m\u202E\uD800"))
            .End(Sample.Parse, 160, 1,
                Value.Struct(Sample.PointType, Value.Int(1), Value.Tuple(Value.Null, Value.Enum(Sample.ColorType, 6))))
            .Update(Sample.TotalStore, 0, Value.Dictionary(Sample.DictionaryType, 3, Value.Text("a"), Value.Int(1)), Value.Null)
            .Update(Sample.TotalStore, 0, Value.Tagged(ValueTag.Delegate, writer => writer.Write(1)),
                Value.Tagged(ValueTag.TypeReference, writer => writer.Write(Sample.ListType)))
            .Update(Sample.TotalStore, 0, Value.Tagged(ValueTag.Decimal, writer => writer.Write(1.50m)),
                Value.Tagged(ValueTag.DateTime, writer =>
            {
                writer.Write(630_000_000_000_000_000L);
                writer.Write((byte)1);
            }))
            .End(Sample.Main, 190, 0, Value.Void);
        StreamBuilder other = trace.Thread(2, startTicks: 200, managedId: 5)
            .Run(Sample.Increment, 210, 0, 0, counter)
            .Update(Sample.ValueStore, 7, Value.Int(10), Value.Int(11))
            .End(Sample.Increment, 220, 0, Value.Int(11));
        trace.Written(main);
        trace.Written(other);
        return trace;
    }
}
