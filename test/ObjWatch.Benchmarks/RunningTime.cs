namespace ObjWatch.Benchmarks;

/// <summary>What a process took from its start to its end, in milliseconds.</summary>
/// <param name="Processor">Processor time of all its threads.</param>
/// <param name="Clock">Time on the clock, which compiling on another core does not lengthen.</param>
internal readonly record struct RunningTime(double Processor, double Clock);
