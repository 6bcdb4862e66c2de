using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Threading;
using System.Threading.Tasks;

namespace ObjWatch.FuzzRunner;

/// <summary>Runs one generated program on a thread of its own, where all its continuations run too.</summary>
internal static class GeneratedProgram
{
    /// <summary>Runs the program; its output ends with the exception, if one left it.</summary>
    public static string Run(string assemblyPath, string? trace)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            Assembly assembly = context.LoadFromStream(new MemoryStream(File.ReadAllBytes(assemblyPath)));
            if (trace is null)
                return Run(assembly);
            RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
            using (Tracer.Start(new TracerOptions { Output = trace, MaximumElements = 20 }))
                return Run(assembly);
        }
        finally
        {
            context.Unload();
        }
    }

    private static string Run(Assembly assembly)
    {
        var run = assembly.GetType("Program", throwOnError: true)!.GetMethod("Run")!.CreateDelegate<Func<TextWriter, Task>>();
        using var output = new StringWriter { NewLine = "\n" };
        var thread = new Thread(() => Pump(run, output), 16 * 1024 * 1024);
        thread.Start();
        thread.Join();
        return output.ToString();
    }

    private static void Pump(Func<TextWriter, Task> run, StringWriter output)
    {
        using var context = new PumpContext();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            Task task = run(output);
            context.RunUntil(task);
            task.GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            output.WriteLine($"left by {exception.GetType()}: {exception.Message}");
        }
    }
}
