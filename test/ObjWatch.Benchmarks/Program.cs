using System;
using System.Globalization;
using BenchmarkDotNet.Running;
using ObjWatch.Benchmarks;
using ObjWatch.Benchmarks.Alternatives;
using ObjWatch.Benchmarks.Scale;

// What a benchmark weaves must not start tracing by itself: each measurement starts a session of its own.
Environment.SetEnvironmentVariable("OBJWATCH", "manual");
if (args is ["targets", .. string[] groups])
    return TargetTable.Print(Console.Out, groups);
if (args is ["libraries", .. string[] library])
    return LibraryFigures.Print(Console.Out, string.Join(' ', library));
if (args is ["weaving", .. string[] part])
    return WeaveFloors.Print(Console.Out, string.Join(' ', part));
if (args is ["events", .. string[] filter])
    return EventCosts.Print(Console.Out, string.Join(' ', filter));
if (args is ["alternatives"])
    return AlternativeTable.Print(Console.Out);
if (args is ["memory", string events])
    return MemoryTargets.Print(Console.Out, int.Parse(events, CultureInfo.InvariantCulture));
if (args is ["follow", .. string[] lines])
    return FollowTargets.Print(Console.Out, lines.Length > 0 ? int.Parse(lines[0], CultureInfo.InvariantCulture) : FollowTargets.Events);
if (args is ["scale", .. string[] counts])
    return ScaleTable.Print(Console.Out, Array.ConvertAll(counts, count => long.Parse(count, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
if (args is ["objects"])
    return ObjectTargets.Print(Console.Out);
BenchmarkSwitcher.FromAssembly(typeof(TargetTable).Assembly).Run(args);
return 0;
