namespace ObjWatch.Ranks;

/// <summary>A rank and who told it.</summary>
/// <param name="Info">The rank.</param>
/// <param name="Source">For people: the name of a variable, or of a provider.</param>
internal sealed record KnownRank(RankInfo Info, string Source);
