using System;
using System.Diagnostics.CodeAnalysis;
using AspectInjector.Broker;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>Writes a line when a property is set. The old value is not to be had, so the new one stands twice.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Advice is an instance method.")]
[Aspect(Scope.Global)]
[Injection(typeof(LoggedStoreAttribute))]
[AttributeUsage(AttributeTargets.Property)]
public sealed class LoggedStoreAttribute : Attribute
{
    /// <summary>Before the setter.</summary>
    [Advice(Kind.Before, Targets = Target.Setter)]
    public void Set([Argument(Source.Name)] string name, [Argument(Source.Arguments)] object[] arguments) =>
        AspectAdder.Log!.Change("upd ", name, (int)arguments[0], (int)arguments[0]);
}
