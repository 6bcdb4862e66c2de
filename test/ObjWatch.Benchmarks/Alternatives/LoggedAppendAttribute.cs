using System;
using System.Diagnostics.CodeAnalysis;
using AspectInjector.Broker;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>Writes a line after a method that appends to a list and returns its length.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Advice is an instance method.")]
[Aspect(Scope.Global)]
[Injection(typeof(LoggedAppendAttribute))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoggedAppendAttribute : Attribute
{
    /// <summary>After the method.</summary>
    [Advice(Kind.After, Targets = Target.Method)]
    public void Appended([Argument(Source.Name)] string name, [Argument(Source.ReturnValue)] object result) =>
        AspectAdder.Log!.Change("apd ", name, (int)result - 1, (int)result);
}
