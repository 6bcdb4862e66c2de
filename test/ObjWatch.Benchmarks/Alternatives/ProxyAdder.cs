using System.Collections.Generic;
using Castle.DynamicProxy;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>The work, with members that a proxy of Castle DynamicProxy can override: it sees virtual methods only, so the stores have
/// methods of their own.</summary>
public class ProxyAdder
{
    private readonly List<int> _items = [];
    private int _total;

    /// <summary>Adds a number.</summary>
    public virtual int Add(int number)
    {
        StoreTotal(_total + number);
        Append(number);
        if (_items.Count == 10)
            _items.Clear();
        return _total;
    }

    /// <summary>One with lines for each call.</summary>
    internal static ProxyAdder Create(LineLog log) => new ProxyGenerator().CreateClassProxy<ProxyAdder>(new Interceptor(log));

    /// <summary>Adds numbers.</summary>
    internal void Work(int count)
    {
        for (int i = 0; i < count; i++)
            Add(i);
    }

    /// <summary>Stores the sum.</summary>
    protected virtual void StoreTotal(int value) => _total = value;

    /// <summary>Appends an item.</summary>
    protected virtual void Append(int number) => _items.Add(number);

    private sealed class Interceptor(LineLog log) : IInterceptor
    {
        public void Intercept(IInvocation invocation)
        {
            var target = (ProxyAdder)invocation.Proxy;
            string name = invocation.Method.Name;
            switch (name)
            {
                case nameof(Add):
                    log.Run(name, (int)invocation.Arguments[0]!);
                    invocation.Proceed();
                    log.End(name, (int)invocation.ReturnValue!);
                    break;
                case nameof(StoreTotal):
                    log.Change("upd ", name, target._total, (int)invocation.Arguments[0]!);
                    invocation.Proceed();
                    break;
                default:
                    invocation.Proceed();
                    log.Change("apd ", name, target._items.Count - 1, target._items.Count);
                    break;
            }
        }
    }
}
