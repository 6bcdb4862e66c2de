using System;
using System.Globalization;
using BenchmarkDotNet.Running;
using ObjWatch.Benchmarks;
using ObjWatch.Benchmarks.Alternatives;
using ObjWatch.Benchmarks.Scale;
using ObjWatch.Benchmarks.Weavers;

// What a benchmark weaves must not start tracing by itself: each measurement starts a session of its own.
Environment.SetEnvironmentVariable("OBJWATCH", "manual");
if (args is [MeasuringProcess.Here, .. string[] command])
    return Measure(command)!();
if (Measure(args) != null)
    return MeasuringProcess.Run(args);
BenchmarkSwitcher.FromAssembly(typeof(TargetTable).Assembly).Run(args);
return 0;

static Func<int>? Measure(string[] command) => command switch
{
    ["targets", .. string[] groups] => () => TargetTable.Print(Console.Out, groups),
    ["libraries", .. string[] library] => () => LibraryFigures.Print(Console.Out, string.Join(' ', library)),
    ["weaving", .. string[] part] => () => WeaveFloors.Print(Console.Out, string.Join(' ', part)),
    ["events", .. string[] filter] => () => EventCosts.Print(Console.Out, string.Join(' ', filter)),
    ["bytes"] => () => EventBytes.Print(Console.Out),
    ["alternatives"] => () => AlternativeTable.Print(Console.Out),
    ["memory", string events] => () => MemoryTargets.Print(Console.Out, int.Parse(events, CultureInfo.InvariantCulture)),
    ["follow", .. string[] lines] =>
        () => FollowTargets.Print(Console.Out, lines.Length > 0 ? int.Parse(lines[0], CultureInfo.InvariantCulture) : FollowTargets.Events),
    ["scale", .. string[] counts] => () =>
        ScaleTable.Print(Console.Out,
            Array.ConvertAll(counts, count => long.Parse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))),
    ["weavers", .. string[] numbers] => () =>
        WeaverTable.Print(Console.Out, Array.ConvertAll(numbers, number => int.Parse(number, CultureInfo.InvariantCulture))),
    ["objects"] => () => ObjectTargets.Print(Console.Out),
    _ => null,
};
