using System;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Tests.Emitting;

/// <summary>What is written, alone, before the calls by which a state machine starts, suspends and ends itself.</summary>
public sealed class StateMachineProbeTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        public class Subject
        {
            public async Task<int> Later(Task task)
            {
                await task;
                return 3;
            }
            public async IAsyncEnumerable<int> Many(Task task)
            {
                await task;
                yield return 1;
            }
        }
        """;

    [Test]
    public void Method_that_begins_hands_its_invocation_over_before_it_starts([Values] bool optimize) =>
        Assert.That(Calls("Later", optimize), Is.EqualTo(new[] { "Probe.Start", "Start" }));

    [Test]
    public void Suspension_exception_and_result_are_reported_before_the_builder_is_told([Values] bool optimize) => Assert.That(
        Calls("<Later>d__0.MoveNext", optimize),
        Is.EqualTo(new[]
        {
            "Probe.Await", "AwaitUnsafeOnCompleted", "Probe.EndException", "Probe.Finish", "SetException", "Probe.EndValue", "Probe.Finish",
            "SetResult",
        }));

    [Test]
    public void Async_iterator_says_with_its_promise_whether_it_gives_a_value_or_has_ended([Values] bool optimize) => Assert.That(
        Calls("<Many>d__1.MoveNext", optimize).Skip(2),
        Is.EqualTo(new[]
        {
            "Probe.EndException", "Probe.Finish", "SetException",
            "Probe.Yield", "Probe.End", "Probe.Finish", "SetResult",
            "Probe.Yield", "Probe.End", "Probe.Finish", "SetResult",
        }));

    [Test]
    public void Only_what_begins_or_runs_a_state_machine_is_concerned()
    {
        using var bench = new ProbeBench(Source, optimize: true);
        string[] concerned =
            [.. bench.Plan().Methods.Where(plan => plan.Probes.Contains(StateMachineProbe.Kind)).Select(plan => plan.Method.Name)];
        Assert.That(concerned, Is.EqualTo(new[] { "Later", "MoveNext", "MoveNext" }));
    }

    private static string[] Calls(string method, bool optimize)
    {
        using var bench = new ProbeBench(Source, optimize);
        string[] callees = ["Start", "AwaitUnsafeOnCompleted", "SetException", "SetResult"];
        return [.. bench.Copy(method, StateMachineProbe.Kind)
            .Where(line => line.StartsWith("Probe.", StringComparison.Ordinal) || callees.Contains(line))
            .Where(line => line != "Probe.Caught")]; // stands in every handler of a traced method
    }
}
