using System.Linq;

namespace ObjWatch.Trace.Format;

/// <summary>What the code in a record's head says of the record before anything else of it is read. Made from the schema, once for each
/// code.</summary>
internal sealed class RecordCode
{
    /// <param name="layout">The layout of the records with this code.</param>
    /// <param name="code">The code.</param>
    public RecordCode(RecordLayout layout, byte code)
    {
        Layout = layout;
        Kind = layout.Kind;
        IsCall = Kind is RecordKind.Run or RecordKind.End or RecordKind.Failed or RecordKind.Await or RecordKind.Resume;
        IsEvent = layout.Role == RecordRole.Event || Kind == RecordKind.EventsLost;
        HasExtent = layout.Sizing == RecordSizing.Extent;
        bool carriesFlow = layout.Fields.Any(field => field.When == FieldPresence.Flow) && (code & RecordHead.Flow) != 0;
        IsRare = carriesFlow
            || Kind is not (RecordKind.Run or RecordKind.End or RecordKind.Store or RecordKind.Update or RecordKind.Length);
        if (Kind == RecordKind.Store)
        {
            Form = StoreCode.FormOf(code);
            ValueType = StoreCode.TypeOf(code);
        }

        HasValues = layout.Fields.Any(field => field.IsValue);
        BeginsWithOwner = layout.Fields.Length > 0 && layout.Fields[0].Type == FieldType.Owner;
        Fields = [.. layout.Fields.TakeWhile(field => !field.IsValue).Where(field => field.When switch
        {
            FieldPresence.Always => field.Type != FieldType.Owner,
            FieldPresence.Stated => (code & RecordHead.Stated) != 0,
            FieldPresence.Flow => carriesFlow,
            FieldPresence.LineStated or FieldPresence.PartStated => false,
        })];
        Size = layout.Sizing != RecordSizing.Code ? 0 : Kind == RecordKind.Store ? StoreCode.RecordSize(code) : sizeof(uint);
    }

    /// <summary>The layout of the records.</summary>
    public RecordLayout Layout { get; }

    /// <summary>Their kind.</summary>
    public RecordKind Kind { get; }

    /// <summary>Whether they become events.</summary>
    public bool IsEvent { get; }

    /// <summary>Whether they say that a call began, ended, or rests in between.</summary>
    public bool IsCall { get; }

    /// <summary>Whether there is a word with size and flags behind the head.</summary>
    public bool HasExtent { get; }

    /// <summary>Whether they have what most records have not.</summary>
    public bool IsRare { get; }

    /// <summary>Whose member a store changed.</summary>
    public OwnerForm Form { get; }

    /// <summary>How a store's values are written; of others Void.</summary>
    public ValueTag ValueType { get; }

    /// <summary>Whether the first field says whose member changed, in one of the ways of <see cref="OwnerForm"/>.</summary>
    public bool BeginsWithOwner { get; }

    /// <summary>The fields in front of the values, as far as the code says that they are there; not that owner.</summary>
    public RecordField[] Fields { get; }

    /// <summary>Whether values stand behind the fields.</summary>
    public bool HasValues { get; }

    /// <summary>The bytes of a record where the code says it; else 0.</summary>
    public int Size { get; }
}
