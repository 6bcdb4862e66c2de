namespace RankProgram;

/// <summary>What is traced: each call makes three events.</summary>
internal sealed class Counter
{
    private int _value;

    public int Next()
    {
        _value++;
        return _value;
    }
}
