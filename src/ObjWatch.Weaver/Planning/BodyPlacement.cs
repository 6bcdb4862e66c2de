namespace ObjWatch.Weaver.Planning;

/// <summary>Where the copy of a method that holds the probes stands.</summary>
internal enum BodyPlacement
{
    /// <summary>In the method itself, before what the compiler wrote.</summary>
    SameMethod,

    /// <summary>In a method of its own, which says whether it has done what the method does.</summary>
    SeparateMethod,

    /// <summary>In a constructor of its own, which takes the recorder as its last argument: only constructors may store read-only fields
    /// and call a base.</summary>
    SeparateConstructor,

    /// <summary>Nowhere: a method of its own reports what a simple constructor has stored, when it is done.</summary>
    ReportedAfterwards,
}
