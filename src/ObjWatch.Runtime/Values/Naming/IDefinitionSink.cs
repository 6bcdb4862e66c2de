using ObjWatch.Trace.Format;

namespace ObjWatch.Values.Naming;

/// <summary>Takes the definitions that a trace needs. Called by any thread.</summary>
internal interface IDefinitionSink
{
    /// <summary>Takes one; a record that needs it may be written when this returns.</summary>
    void Write(RecordKind kind, byte[] body);
}
