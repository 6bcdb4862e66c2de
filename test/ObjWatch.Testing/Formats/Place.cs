namespace ObjWatch.Testing.Formats;

/// <summary>Where an event happened.</summary>
/// <param name="Rank">The rank of its process, or <see langword="null"/>.</param>
/// <param name="Thread">The number of its thread.</param>
internal readonly record struct Place(string? Rank, string Thread);
