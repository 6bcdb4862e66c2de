using System;
using BenchmarkDotNet.Running;
using ObjWatch.Benchmarks;

// What a benchmark weaves must not start tracing by itself: each measurement starts a session of its own.
Environment.SetEnvironmentVariable("OBJWATCH", "manual");
if (args is ["targets", .. string[] groups])
    return TargetTable.Print(Console.Out, groups);
if (args is ["events", .. string[] filter])
    return EventCosts.Print(Console.Out, string.Join(' ', filter));
BenchmarkSwitcher.FromAssembly(typeof(TargetTable).Assembly).Run(args);
return 0;
