// How often a member changed, and where it did last: dotnet run -- App.objtrace Counter.Value
using System;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Trace;

using RecordedTrace trace = RecordedTrace.Open(args[0]);
int count = 0;
var last = new Queue<TraceEvent>();
foreach (TraceEvent change in trace.Events().Where(happened => happened.IsChange && happened.Member == args[1]))
{
    count++;
    last.Enqueue(change);
    if (last.Count > 3)
        last.Dequeue();
}

Console.WriteLine($"{args[1]} changed {count} times, last:");
foreach (TraceEvent change in last)
    Console.WriteLine(
        $"  {change.Name} in {change.Method}, line {change.Line}: {change.Old ?? $"length {change.OldLength}"} -> "
        + $"{change.New ?? $"{change.NewLength}"}");
foreach (string damage in trace.Damage)
    Console.WriteLine($"The trace is damaged: {damage}");
