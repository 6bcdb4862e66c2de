namespace ObjWatch.State;

/// <summary>What was last seen in a field.</summary>
internal sealed class SeenField<T>
{
    public T Value = default!;
}
