using System;
using System.IO;
using System.Linq;
using System.Reflection;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Benchmarks;

/// <summary>A small program compiled as Release, woven and loaded into this process: what a traced store and a traced call cost.</summary>
internal sealed class HotCode : IDisposable
{
    private const string Source = """
        using System.Runtime.CompilerServices;

        public sealed class Hot
        {
            private int _value;

            public void Store(int count)
            {
                for (int i = 0; i < count; i++)
                    _value = i;
            }

            public int Call(int count)
            {
                int sum = 0;
                for (int i = 0; i < count; i++)
                    sum += M(i);
                return sum;
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            public int M(int number) => number + 1;
        }
        """;

    private readonly TemporaryDirectory _directory = new();

    public HotCode()
    {
        CompiledProgram program = Compiler.Compile("Hot", Source, optimize: true, _directory.Path);
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = program.AssemblyPath,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = Framework.ReferenceAssemblies(),
            Targets = "*",
        });
        if (result.Outcome != WeaveOutcome.Woven)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));

        Type type = Assembly.LoadFrom(program.AssemblyPath).GetType("Hot", throwOnError: true)!;
        object hot = Activator.CreateInstance(type)!;
        Store = type.GetMethod("Store")!.CreateDelegate<Action<int>>(hot);
        Call = type.GetMethod("Call")!.CreateDelegate<Func<int, int>>(hot);
        WarmUp();
    }

    /// <summary>Stores so many different values to a field: one upd each.</summary>
    public Action<int> Store { get; }

    /// <summary>Calls <c>int M(int)</c> so many times: one run and one end each.</summary>
    public Func<int, int> Call { get; }

    /// <summary>Starts recording, binary only.</summary>
    public IDisposable Trace() => Tracer.Start(new TracerOptions { Output = _directory["hot.objtrace"] });

    public void Dispose() => _directory.Dispose();

    // Enough calls and turns for the optimised code to be there.
    private void WarmUp()
    {
        using (Trace())
        {
            foreach (int count in Enumerable.Repeat(2_000, 100))
            {
                Store(count);
                Call(count);
            }
        }

        File.Delete(_directory["hot.objtrace"]);
    }
}
