using System;

namespace ObjWatch.Trace.Reading;

/// <summary>Takes the recorded events of a trace, one after the other.</summary>
internal interface IRecordVisitor
{
    /// <summary>Takes one record.</summary>
    /// <param name="stream">The stream it belongs to.</param>
    /// <param name="record">The record, head included. Well-formed as a whole; what is in it may be damaged.</param>
    void Visit(TraceStream stream, ReadOnlySpan<byte> record);
}
