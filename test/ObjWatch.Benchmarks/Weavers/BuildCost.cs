namespace ObjWatch.Benchmarks.Weavers;

/// <summary>What one build took, in milliseconds on the clock and of processor time.</summary>
/// <param name="Whole">The whole build.</param>
/// <param name="Compiler">The compiler's task in it.</param>
/// <param name="Weaving">The weaver's tasks in it.</param>
internal sealed record BuildCost(
    (double Clock, double Processor) Whole,
    (double Clock, double Processor) Compiler,
    (double Clock, double Processor) Weaving);
