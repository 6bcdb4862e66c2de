using ObjWatch.Values.Redacting;

namespace ObjWatch.Values;

/// <summary>What a session captures of values.</summary>
/// <param name="Limits">How much of each.</param>
/// <param name="Redaction">Which of them not at all.</param>
internal sealed record CaptureRules(CaptureLimits Limits, Redaction Redaction)
{
    /// <summary>What holds where no session has said otherwise.</summary>
    public static CaptureRules Default { get; } = new(new CaptureLimits(128, 3, 1), Redaction.Parse(""));
}
