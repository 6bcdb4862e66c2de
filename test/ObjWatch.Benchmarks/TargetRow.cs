using System;
using System.Globalization;

namespace ObjWatch.Benchmarks;

/// <summary>One figure that is held to a ratio.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Measured">How long it takes.</param>
/// <param name="Against">What it is compared with.</param>
/// <param name="Reference">How long that takes, in the same unit.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Target">The largest ratio that is good enough.</param>
internal sealed record TargetRow(string Name, double Measured, string Against, double Reference, string Unit, double Target)
{
    /// <summary>Measured to reference.</summary>
    public double Ratio => Measured / Reference;

    /// <summary>Whether the target is met.</summary>
    public bool IsMet => Ratio <= Target;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-40} {Measured,8:0.0} {Unit,-2}  {Against,-34} {Reference,8:0.0} {Unit,-2}  ratio {Ratio,6:0.00}  target {Target,5:0.00} "
        + $" {(IsMet ? "ok" : "short")}");
}
