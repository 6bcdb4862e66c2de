namespace ObjWatch.Values;

/// <summary>Stands, where a wrapper is asked, for a value that it may not see or that nobody can.</summary>
internal sealed class Placeholder
{
    private readonly string _text;

    public Placeholder(string text)
    {
        _text = text;
    }

    /// <summary>A value that must not be recorded.</summary>
    public static Placeholder Redacted { get; } = new("(redacted)");

    /// <summary>A value that cannot be captured.</summary>
    public static Placeholder Opaque { get; } = new("(not captured)");

    /// <summary>The result of a method that returns nothing.</summary>
    public static Placeholder Void { get; } = new("void");

    public override string ToString() => _text;
}
