using System;
using ObjWatch.Weaver.Emitting.Bodies;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>A variable of the source that may hold a collection.</summary>
/// <param name="Start">Offset of the first instruction at which its name means it.</param>
/// <param name="End">Offset behind the last.</param>
/// <param name="Member">Its member.</param>
/// <param name="Key">The site that stands for its length.</param>
/// <param name="Holder">Loads what holds it, which may not be there yet; null where it stands by itself.</param>
/// <param name="Load">Loads the collection.</param>
internal sealed record CollectionVariable(int Start, int End, int Member, int Key, Action<CodeBuilder>? Holder, Action<CodeBuilder> Load)
{
    /// <summary>Whether an instruction can name it.</summary>
    public bool IsAt(int offset) => offset >= Start && offset < End;
}
