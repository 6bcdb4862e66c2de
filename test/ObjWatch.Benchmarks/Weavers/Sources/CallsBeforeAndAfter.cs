using System;
using AspectInjector.Broker;

[assembly: Start.CallsBeforeAndAfter]

namespace Start;

/// <summary>For AspectInjector: notes each call before it and, unless it throws, after it.</summary>
[Aspect(Scope.Global)]
[Injection(typeof(CallsBeforeAndAfter))]
[AttributeUsage(AttributeTargets.Assembly)]
[SkipInjection]
public sealed class CallsBeforeAndAfter : Attribute
{
    private static long s_count;

    [Advice(Kind.Before, Targets = Target.Any)]
    public void Enter(
        [Argument(Source.Name)] string name,
        [Argument(Source.Instance)] object self,
        [Argument(Source.Arguments)] object[] arguments) =>
        s_count += name.Length + arguments.Length;

    [Advice(Kind.After, Targets = Target.Any)]
    public void Leave(
        [Argument(Source.Name)] string name,
        [Argument(Source.Instance)] object self,
        [Argument(Source.ReturnValue)] object result) =>
        s_count -= name.Length;
}
