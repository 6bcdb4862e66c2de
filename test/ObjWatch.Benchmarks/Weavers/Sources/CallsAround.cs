using System;
using AspectInjector.Broker;

[assembly: Start.CallsAround]

namespace Start;

/// <summary>For AspectInjector: notes each call and its end, also when it throws.</summary>
[Aspect(Scope.Global)]
[Injection(typeof(CallsAround))]
[AttributeUsage(AttributeTargets.Assembly)]
[SkipInjection]
public sealed class CallsAround : Attribute
{
    private static long s_count;

    [Advice(Kind.Around, Targets = Target.Any)]
    public object Call(
        [Argument(Source.Name)] string name,
        [Argument(Source.Instance)] object self,
        [Argument(Source.Arguments)] object[] arguments,
        [Argument(Source.Target)] Func<object[], object> target)
    {
        s_count += name.Length;
        try
        {
            return target(arguments);
        }
        finally
        {
            s_count--;
        }
    }
}
