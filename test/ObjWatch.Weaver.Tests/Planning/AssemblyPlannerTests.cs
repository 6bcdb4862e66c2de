using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Planning;
using ObjWatch.Weaver.Tests.Emitting;

namespace ObjWatch.Weaver.Tests.Planning;

/// <summary>What is planned for methods, before anything is changed.</summary>
public sealed class AssemblyPlannerTests
{
    private const string Source = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        public class Subject
        {
            private readonly int _left;
            public Subject(int left) => _left = left;
            public Subject() : this(1) => System.Console.WriteLine();
            public int Count { get; set; }
            public void Store() => Count = 2;
            public static System.Reflection.Assembly Caller() => System.Reflection.Assembly.GetCallingAssembly();
            public async Task Later() => await Task.Yield();
            public IEnumerable<int> Numbers() { yield return 1; }
        }
        """;

    [TestCase("Store", MethodTreatment.Trace, "traced", BodyPlacement.SeparateMethod)]
    [TestCase("get_Count", MethodTreatment.Leave, "trivial-accessor", BodyPlacement.SameMethod)]
    [TestCase("set_Count", MethodTreatment.StoresOnly, "stores", BodyPlacement.SeparateMethod)]
    [TestCase("Caller", MethodTreatment.Trace, "traced", BodyPlacement.SameMethod,
        TestName = "a method that asks who called it keeps its body")]
    [TestCase(".ctor(Int32)", MethodTreatment.Trace, "traced", BodyPlacement.ReportedAfterwards)]
    [TestCase(".ctor()", MethodTreatment.Trace, "traced", BodyPlacement.SeparateConstructor)]
    [TestCase("Numbers", MethodTreatment.Leave, "iterator", BodyPlacement.SameMethod)]
    public void A_method_is_treated_for_a_reason(string method, object treatment, string reason, object placement)
    {
        using var bench = new ProbeBench(Source, optimize: true);
        MethodPlan plan = Find(bench.Plan(), method);
        Assert.That((object)plan.Treatment, Is.EqualTo(treatment));
        Assert.That(plan.Reason, Is.EqualTo(reason));
        Assert.That((object)plan.Placement, Is.EqualTo(placement));
    }

    [Test]
    public void In_a_Debug_build_no_method_gets_a_separate_one()
    {
        using var bench = new ProbeBench(Source, optimize: false);
        Assert.That(bench.Plan().Methods.Select(plan => plan.Placement), Is.All.EqualTo(BodyPlacement.SameMethod));
    }

    [Test]
    public void A_method_gets_the_probes_that_concern_it()
    {
        using var bench = new ProbeBench(Source, optimize: true);
        AssemblyPlan plan = bench.Plan();
        Assert.That(Names(Find(plan, "get_Count")), Is.Empty);
        Assert.That(Names(Find(plan, "set_Count")),
            Is.EqualTo(new[] { "addresses", "field stores", "local stores", "static collections" }));
        Assert.That(
            Names(Find(plan, "Store")),
            Is.EqualTo(ProbeList.InOrder.Select(kind => kind.Name).Except(["state machines", "constructors"])));
        Assert.That(Names(Find(plan, ".ctor()")), Does.Contain("constructors"));
        Assert.That(Names(Find(plan, "Later")), Does.Contain("state machines"));
        Assert.That(Names(Find(bench.Plan(bench.Request with { Locals = false }), "Store")), Has.None.StartsWith("local"));
    }

    [Test]
    public void Planning_changes_nothing()
    {
        using var bench = new ProbeBench(Source, optimize: true);
        string before = Text(bench.Module);
        bench.Plan();
        Assert.That(Text(bench.Module), Is.EqualTo(before));
        Assert.That(before, Does.Contain("stfld").And.Contain("_left"));
    }

    private static MethodPlan Find(AssemblyPlan plan, string method) =>
        plan.Methods.First(candidate => candidate.Method.Name == method
            || candidate.Method.Name + "(" + string.Join(",", candidate.Method.Parameters.Select(p => p.ParameterType.Name))
            + ")" == method);

    private static IEnumerable<string> Names(MethodPlan plan) => plan.Probes.Select(probe => probe.Name);

    private static string Text(ModuleDefinition module) =>
        string.Join('\n', module.GetTypes().SelectMany(type => type.Fields.Select(field => field.FullName)
        .Concat(type.Methods.Select(method => method.FullName + string.Concat(method.CustomAttributes.Select(a => a.AttributeType.Name))
            + (method.HasBody ? string.Join(' ', method.Body.Instructions) + method.Body.Variables.Count : ""))))
        .Concat(module.AssemblyReferences.Select(reference => reference.FullName)));
}
