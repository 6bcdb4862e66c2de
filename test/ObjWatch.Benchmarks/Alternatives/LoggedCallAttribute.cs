using System;
using System.Diagnostics.CodeAnalysis;
using AspectInjector.Broker;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>Writes a line when a method is entered, and one when it returns.</summary>
[SuppressMessage("Performance", "CA1822", Justification = "Advice is an instance method.")]
[Aspect(Scope.Global)]
[Injection(typeof(LoggedCallAttribute))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoggedCallAttribute : Attribute
{
    /// <summary>Before the method.</summary>
    [Advice(Kind.Before, Targets = Target.Method)]
    public void Enter([Argument(Source.Name)] string name, [Argument(Source.Arguments)] object[] arguments) =>
        AspectAdder.Log!.Run(name, (int)arguments[0]);

    /// <summary>After the method.</summary>
    [Advice(Kind.After, Targets = Target.Method)]
    public void Leave([Argument(Source.Name)] string name, [Argument(Source.ReturnValue)] object result) =>
        AspectAdder.Log!.End(name, (int)result);
}
