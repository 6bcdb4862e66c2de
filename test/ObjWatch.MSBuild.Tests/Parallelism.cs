using NUnit.Framework;

// Nearly all of the time goes into processes that wait for one another; each test has a folder of its own.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(2)]
