namespace ObjWatch.Weaver.Planning;

/// <summary>What is to be done with a method.</summary>
internal enum MethodTreatment
{
    /// <summary>Nothing.</summary>
    Leave,

    /// <summary>Its stores to watched members are reported, its calls are not.</summary>
    StoresOnly,

    /// <summary>Run and end, lines, stores, collections.</summary>
    Trace,
}
