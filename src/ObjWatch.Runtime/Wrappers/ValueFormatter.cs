using System;
using System.IO;
using System.Runtime.InteropServices;
using ObjWatch.Recording;
using ObjWatch.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;
using ObjWatch.Values;
using ObjWatch.Values.Naming;
using ObjWatch.Values.Writing;
using ObjWatch.Woven;

namespace ObjWatch.Wrappers;

/// <summary>Values as text, exactly as a trace shows them: they are captured and rendered as any other, but for themselves.</summary>
internal sealed unsafe class ValueFormatter
{
    private readonly object _gate = new();
    private readonly TraceDefinitions _definitions = new(new TraceDamage());
    private readonly Names _names;
    private int _known;

    private ValueFormatter() => _names = new Names(_definitions);

    /// <summary>That of this process.</summary>
    public static ValueFormatter OfProcess { get; } = new();

    /// <summary>The text of a value. Runs no code of the value's own.</summary>
    /// <param name="value">The value.</param>
    /// <param name="element">Makes the texts of what stands in it: elements, keys and values, items, fields; null leaves one as it
    /// is.</param>
    public string Format(object? value, Func<object?, string?> element)
    {
        ThreadRecorder recorder = ThreadRecorder.CurrentOrNew();
        Func<object?, string?>? outerElement = recorder.ElementText;
        CaptureRules outerRules = recorder.Rules;
        bool wasBusy = recorder.Busy;
        var scratch = (byte*)Marshal.AllocHGlobal(TraceFormat.MaximumRecordSize);
        // As in a chunk: what is not written is zero.
        new Span<byte>(scratch, TraceFormat.MaximumRecordSize).Clear();
        recorder.Busy = true;
        recorder.ElementText = element;
        recorder.Rules = TracedProcess.This.Rules;
        var open = new OpenRecord(recorder, scratch);
        try
        {
            ValueWriter.WriteReference(recorder, value, Nesting.Wrapped);
            return Render(new ReadOnlySpan<byte>(scratch, (int)(recorder.Cursor - scratch)), recorder.Owner);
        }
        finally
        {
            open.GoOn();
            recorder.Busy = wasBusy;
            recorder.ElementText = outerElement;
            recorder.Rules = outerRules;
            Marshal.FreeHGlobal((IntPtr)scratch);
        }
    }

    private string Render(ReadOnlySpan<byte> bytes, ulong lastOwner)
    {
        var buffer = new Utf8Buffer(Stream.Null, capacity: 256);
        var record = new RecordCursor(bytes);
        using (new HeldLock(_gate))
        {
            foreach (byte[] definition in Definitions.OfProcess.Since(ref _known))
                _definitions.Read(RecordSchema.Current, definition);
            new ValueRenderer(buffer, _names) { LastOwner = lastOwner }.Write(ref record, "(not captured)"u8);
        }

        return Utf8Text.Of(buffer.Written);
    }
}
