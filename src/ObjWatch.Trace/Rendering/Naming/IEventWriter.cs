using System;
using System.ComponentModel;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes events that have been decoded: what a format adds to the reading of records.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventWriter
{
    /// <summary>Begins to write what a trace holds. Called once for each, when what the trace says of its run is known.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="names">Its names.</param>
    /// <param name="style">What is shown of its events.</param>
    void Begin(TraceReader trace, Names names, TextStyle style);

    /// <summary>Writes that an invocation began or goes on.</summary>
    void WriteRun(in NamedEvent happened);

    /// <summary>Writes that an invocation ended or is suspended.</summary>
    void WriteEnd(in NamedEvent happened);

    /// <summary>Writes that something changed, or became known: a member, an element, a collection.</summary>
    void WriteChange(in NamedEvent happened);

    /// <summary>Writes that a line was passed.</summary>
    void WriteLine(in NamedEvent happened);

    /// <summary>Writes that the program said something.</summary>
    void WriteOutput(in NamedEvent happened);

    /// <summary>Writes that a test began, or ended.</summary>
    void WriteTest(in NamedEvent happened);

    /// <summary>Writes that events could not be recorded.</summary>
    void WriteLost(in NamedEvent happened);

    /// <summary>Writes that events of one place in the code were left out. Called when all others have been written.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="name">The method or member.</param>
    /// <param name="line">The line, 0 where it is not known.</param>
    /// <param name="count">How many.</param>
    void WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count);

    /// <summary>Hands what is complete to the output.</summary>
    void Flush();

    /// <summary>Ends the document and hands it to the output.</summary>
    void End();
}
