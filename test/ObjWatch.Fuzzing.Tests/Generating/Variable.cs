namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>A field, property, parameter or local that code may use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="CanStore">Whether code may store to it.</param>
/// <param name="HasAddress">Whether code may take its address: not of properties and of what a lambda has captured.</param>
internal sealed record Variable(string Name, Kind Kind, bool CanStore = true, bool HasAddress = true);
