namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>A field, property, parameter or local that code may use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Place">Where it lives.</param>
/// <param name="CanStore">Whether code may store to it.</param>
internal sealed record Variable(string Name, Kind Kind, Place Place = Place.Local, bool CanStore = true)
{
    /// <summary>Whether code may take its address and store through it.</summary>
    public bool HasAddress => CanStore && Place != Place.Property;

    /// <summary>Whether its address may be kept: of a static that is not followed.</summary>
    public bool KeepsAddress => HasAddress && Place != Place.Static;
}
