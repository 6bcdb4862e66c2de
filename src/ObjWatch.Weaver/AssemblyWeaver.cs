using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using Mono.Cecil;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Emitting;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Marking;
using ObjWatch.Weaver.Planning;
using ObjWatch.Weaver.Selecting;
using ObjWatch.Weaver.Verifying;
using ObjWatch.Weaver.Writing;

namespace ObjWatch.Weaver;

/// <summary>Weaves one assembly: loads it, selects what is traced, puts the probes in, verifies what came of it, and writes it.</summary>
/// <remarks>Keeps no state and no file open; several may run at once.</remarks>
public sealed class AssemblyWeaver
{
    // Cecil reads nested signatures by recursion, and their depth is up to whoever made the file.
    private const int StackSize = 64 * 1024 * 1024;

    // One for what is found at once, one for what that hides, and one to be sure.
    private const int MostAttempts = 4;

    /// <summary>Weaves an assembly. Bad input, and even a bug in the weaver, is a diagnostic and never an exception; the input is then as
    /// it was.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Callers hold a weaver, whatever it may come to hold.")]
    public WeaveResult Weave(WeaveRequest request)
    {
        if (request is null)
            throw new ArgumentNullException(nameof(request));
        var sink = new DiagnosticSink();
        WeaveResult? result = null;
        ExceptionDispatchInfo? fatal = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = WeaveSafely(request, sink);
                }
                catch (OutOfMemoryException exception)
                {
                    fatal = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackSize);
        thread.Start();
        thread.Join();
        fatal?.Throw();
        return result!;
    }

    private static WeaveResult WeaveSafely(WeaveRequest request, DiagnosticSink sink)
    {
        try
        {
            return Weave(request, sink);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            sink.Add(Codes.InternalError.About(request.AssemblyPath, Summary(exception)));
            return Failed(sink);
        }
    }

    /// <summary>Weaves in attempts: what one finds in the way of a method has the next leave that method as it is.</summary>
    private static WeaveResult Weave(WeaveRequest request, DiagnosticSink sink)
    {
        var obstacles = new Obstacles();
        byte[]? repaired = null;
        for (int attempt = 1; ; attempt++)
        {
            var said = new DiagnosticSink();
            int known = obstacles.Count;
            WeaveResult result;
            try
            {
                result = Attempt(request, said, obstacles, repaired);
            }
            catch (Exception) when (repaired is null)
            {
                // Bytes that are no code show in whatever exception Cecil runs into. If there are none, this one is what is to be told.
                repaired = DamagedBodies.TryFind(request.AssemblyPath, obstacles);
                if (repaired is null)
                    throw;
                continue;
            }

            if (repaired is null && obstacles.AnyUnreadable)
                repaired = DamagedBodies.Find(request.AssemblyPath, obstacles);
            bool again = obstacles.Count > known && attempt < MostAttempts;
            if (again && !said.HasErrors)
                continue;
            foreach (Diagnostic diagnostic in said.Items)
            {
                // Where the whole assembly is refused, no method of it is left as it was.
                if (!said.HasErrors || diagnostic.Code != Codes.MethodNeedsReference.Code)
                    sink.Add(diagnostic);
            }

            return result with { Diagnostics = sink.Items };
        }
    }

    /// <summary>Takes an assembly through all stages. Where one finds something new in the way of a method, nothing is written: the next
    /// attempt reads the assembly again.</summary>
    private static WeaveResult Attempt(WeaveRequest request, DiagnosticSink sink, Obstacles obstacles, byte[]? repaired)
    {
        int known = obstacles.Count;
        using var references = new ReferenceResolver(request.AssemblyPath, request.References, sink);
        MissingReferences missing = references.Missing;

        // Load.
        var loader = new AssemblyLoader(references, sink);
        var ifWoven = new DiagnosticSink();
        using LoadedAssembly? assembly = loader.Load(request.AssemblyPath, ifWoven, repaired);
        missing.ConcernAssembly(sink);
        if (assembly is null)
            return Failed(sink);
        references.Add(assembly.Module.Assembly);
        if (WhyLeft(assembly, request, sink) is { } left)
            return sink.HasErrors ? Failed(sink) : new WeaveResult(left, sink.Items, []);
        sink.AddAll(ifWoven.Items);

        // Select.
        ISelection? selection = Selection.Create(assembly, request, sink);
        using ModuleDefinition? runtime = loader.LoadRuntime(request.RuntimePath);
        missing.ConcernAssembly(sink);
        if (selection is null || runtime is null)
            return Failed(sink);

        // Plan: nothing is changed yet.
        AssemblyPlan plan = new AssemblyPlanner(assembly, selection, request, ProbeList.InOrder, obstacles, missing, sink).Plan();

        // Emit, in memory.
        EmittedAssembly emitted = new AssemblyEmitter(assembly.Module, plan, request, obstacles, missing, sink).Emit(runtime);

        // Verify what has been emitted.
        foreach (UnsoundBody unsound in sink.HasErrors ? [] : BodyVerifier.Verify(emitted.Woven))
            obstacles.IsUnsound(unsound.Method, unsound.Fault);
        if (obstacles.Count > known)
            return Failed(sink);

        // Write.
        if (!sink.HasErrors)
            new AssemblyWriter(missing, sink).Write(assembly, request);
        return sink.HasErrors ? Failed(sink) : new WeaveResult(WeaveOutcome.Woven, sink.Items, emitted.Reports);
    }

    /// <summary>Why the assembly is left as it is, or <see langword="null"/>.</summary>
    private static WeaveOutcome? WhyLeft(LoadedAssembly assembly, WeaveRequest request, DiagnosticSink sink)
    {
        if (WovenMark.Inspect(assembly, request) is { } mark)
        {
            sink.AddAll(mark);
            return WeaveOutcome.AlreadyWoven;
        }

        if (!request.LeaveBuildComponents || BuildComponents.Describe(assembly) is not { } component)
            return null;
        sink.Add(Codes.LeftToBuilds.About(request.AssemblyPath, component));
        return WeaveOutcome.LeftToBuilds;
    }

    private static WeaveResult Failed(DiagnosticSink sink) => new(WeaveOutcome.Failed, sink.Items, []);

    private static string Summary(Exception exception)
    {
        string? frame = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
        return $"{exception.GetType().FullName}: {exception.Message} ({frame})";
    }
}
