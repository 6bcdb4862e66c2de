namespace ObjWatch.Weaver.DataFlow;

/// <summary>How long what an address on the evaluation stack leads to is there for certain.</summary>
internal enum AddressLife
{
    /// <summary>It may be gone already: nothing may be read.</summary>
    Unknown,

    /// <summary>A pointer's: nobody frees it before something is called.</summary>
    UntilCall,

    /// <summary>To the end of the statement.</summary>
    Statement,
}
