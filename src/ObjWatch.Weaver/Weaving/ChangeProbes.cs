namespace ObjWatch.Weaver.Weaving;

/// <summary>All that looks for what a statement changes without a store instruction for it.</summary>
internal sealed class ChangeProbes
{
    public ChangeProbes(MethodContext context, LocalNames names)
    {
        Addresses = new AddressProbes(context);
        Collections = new CollectionProbes(context);
        LocalCollections = new LocalCollections(context, names);
        StaticCollections = new StaticCollections(context);
        Rereads = new RereadProbes(context);
    }

    /// <summary>Fields and locals whose address the statement takes.</summary>
    public AddressProbes Addresses { get; }

    /// <summary>Collections of the object.</summary>
    public CollectionProbes Collections { get; }

    /// <summary>Collections in local variables.</summary>
    public LocalCollections LocalCollections { get; }

    /// <summary>Collections in static fields.</summary>
    public StaticCollections StaticCollections { get; }

    /// <summary>Fields of the object whose address is kept somewhere.</summary>
    public RereadProbes Rereads { get; }

    /// <summary>Before the first statement that may use the object.</summary>
    public void Begin()
    {
        Collections.Begin();
        Rereads.Begin();
    }

    /// <summary>On each way out of a statement: what it has changed is looked at.</summary>
    public void Look()
    {
        Addresses.Kept.Flush();
        Collections.Flush();
        LocalCollections.Flush();
        StaticCollections.Flush();
        Rereads.Flush();
    }
}
