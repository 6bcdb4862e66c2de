using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using ObjWatch.Diagnostics;
using ObjWatch.Recording;
using ObjWatch.Recording.Guarding;
using ObjWatch.Woven;

namespace ObjWatch.Configuration;

/// <summary>Makes the wrapper that an option names: <c>Ns.Type</c>, <c>Ns.Type, Assembly</c>, or one of ours by its bare name; behind a
/// colon, what its constructor is to be told.</summary>
internal static class WrapperLoader
{
    /// <summary>The wrapper, or null where there is none to be had, which is said once.</summary>
    public static FunctionWrapper? Load(string? text)
    {
        string name = text?.Trim() ?? "";
        if (name.Length == 0 || name.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        // What a wrapper does to come into being is not traced, as all else it does.
        return BuiltIn(name) ?? ProbeGuard.Run(ThreadRecorder.CurrentOrNew(), new Making(name), default(FunctionWrapper));
    }

    private static FunctionWrapper? BuiltIn(string name)
    {
        const string Memory = nameof(CpuMemoryWrapper);
        string bare = name.StartsWith("ObjWatch.", StringComparison.Ordinal) ? name.Substring("ObjWatch.".Length) : name;
        if (bare == nameof(BaseWrapper))
            return new BaseWrapper();
        if (bare == Memory)
            return new CpuMemoryWrapper();
        if (!bare.StartsWith(Memory + ":", StringComparison.Ordinal))
            return null;
        string[] metrics = bare.Substring(Memory.Length + 1).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (metrics.All(metric => Metric(metric) != null))
            return new CpuMemoryWrapper(Array.ConvertAll(metrics, metric => Metric(metric)!.Value));
        StandardError.SayOnce(
            $"warning OBJW1111: the wrapper '{name}' names a metric that does not exist; "
            + "there are total, available, percent, used, free, workingset and gcheap. The usual ones are taken instead");
        return new CpuMemoryWrapper();
    }

    private static MemoryMetric? Metric(string name) =>
        Enum.TryParse(name.Replace("_", ""), ignoreCase: true, out MemoryMetric metric)
            && metric is >= MemoryMetric.Total and <= MemoryMetric.GCHeap && !char.IsDigit(name[0]) ? metric : null;

    private static FunctionWrapper? Create(string name)
    {
        int colon = name.IndexOf(':');
        string? argument = colon < 0 ? null : name.Substring(colon + 1).Trim();
        Type? type = Find(colon < 0 ? name : name.Substring(0, colon).Trim());
        string? wrong = type == null ? "there is no such type in what is loaded; write Ns.Type, or Ns.Type, Assembly"
            : !typeof(FunctionWrapper).IsAssignableFrom(type) ? $"{type.FullName} is not derived from ObjWatch.FunctionWrapper"
            : type.IsAbstract || type.ContainsGenericParameters ? $"of {type.FullName} there can be no objects"
            : null;
        if (wrong == null)
            return (FunctionWrapper)Instance(type!, argument);
        StandardError.SayOnce($"error OBJW1113: the wrapper '{name}' is of no use, there is none: {wrong}");
        return null;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "A type that trimming removed is told as one that is not there.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A type that trimming removed is told as one that is not there.")]
    private static Type? Find(string name) => Type.GetType(name)
        ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)).FirstOrDefault(type => type != null);

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "One that trimming removed is told as one that is not there.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "One that trimming removed is told as one that is not there.")]
    private static object Instance(Type type, string? argument)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        if (argument == null)
        {
            ConstructorInfo plain = type.GetConstructor(Any, null, Type.EmptyTypes, null)
                ?? throw new MissingMethodException("it has no constructor without parameters");
            return plain.Invoke(null);
        }

        ConstructorInfo told = type.GetConstructor(Any, null, [typeof(string)], null)
            ?? throw new MissingMethodException("it has no constructor that takes a string");
        return told.Invoke([argument]);
    }

    /// <summary>Makes a wrapper of the program's, whose own failures are told as such.</summary>
    private readonly struct Making(string name) : IGuardedWork<FunctionWrapper?>
    {
        public FunctionWrapper? Do(ThreadRecorder recorder)
        {
            try
            {
                return Create(name);
            }
            catch (Exception failure)
            {
                Exception cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
                StandardError.SayOnce(
                    $"error OBJW1113: the wrapper '{name}' could not be made, there is none: {cause.GetType().Name}: {cause.Message}");
                return null;
            }
        }
    }
}
