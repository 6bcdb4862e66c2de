namespace ObjWatch.Benchmarks;

/// <summary>What a process took from its start to its end.</summary>
/// <param name="Seconds">On the clock.</param>
/// <param name="ProcessorSeconds">Processor time, user's and system's, of all its threads.</param>
/// <param name="PeakMebibytes">The most that it had in memory, code included; 0 where the system does not tell.</param>
/// <param name="Output">What it wrote to standard output.</param>
internal sealed record ProcessCost(double Seconds, double ProcessorSeconds, double PeakMebibytes, string Output);
