namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>Where a variable lives.</summary>
internal enum Place
{
    /// <summary>In a method: a parameter or a local.</summary>
    Local,

    /// <summary>In an object.</summary>
    Field,

    /// <summary>In a type.</summary>
    Static,

    /// <summary>In an object, behind accessors, so that code cannot take its address.</summary>
    Property,

    /// <summary>Elsewhere: a <c>ref</c> local or parameter, which no lambda may capture.</summary>
    Reference,
}
