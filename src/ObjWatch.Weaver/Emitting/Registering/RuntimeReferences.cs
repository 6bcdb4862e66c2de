using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>The probes as one woven module refers to them.</summary>
/// <remarks>Their signatures name only primitive types and types of the runtime library itself, so importing them adds exactly one assembly
/// reference.</remarks>
internal sealed class RuntimeReferences
{
    private readonly ModuleDefinition _module;
    private readonly TypeDefinition _probe;
    private readonly Dictionary<string, MethodReference> _methods = new();
    private readonly Dictionary<(string Name, TypeReference Type), MethodReference> _instances = new();

    private RuntimeReferences(ModuleDefinition module, ModuleDefinition runtime, TypeDefinition probe)
    {
        _module = module;
        _probe = probe;
        TypeDefinition recorder = runtime.GetType("ObjWatch.Recording.ThreadRecorder");
        Gate = module.ImportReference(runtime.GetType("ObjWatch.Recording.TracingGate").Fields.Single(f => f.Name == "Open"));
        ThreadRecorder = module.ImportReference(recorder);
        ObjectState = module.ImportReference(runtime.GetType("ObjWatch.Recording.ObjectState"));
        StateMachineFrame = module.ImportReference(runtime.GetType("ObjWatch.Recording.StateMachineFrame"));
        Line = module.ImportReference(recorder.Fields.Single(f => f.Name == "Line"));
    }

    /// <summary>Imports from the runtime library into <paramref name="module"/>.</summary>
    /// <exception cref="InvalidOperationException">The library is not one this weaver knows.</exception>
    public static RuntimeReferences Import(ModuleDefinition module, ModuleDefinition runtime) =>
        runtime.GetType("ObjWatch.Probe") is { } probe
            ? new RuntimeReferences(module, runtime, probe)
            : throw new InvalidOperationException("the runtime library has no type ObjWatch.Probe");

    /// <summary>TracingGate.Open: whether the process can trace at all.</summary>
    public FieldReference Gate { get; }

    /// <summary>What one thread records with.</summary>
    public TypeReference ThreadRecorder { get; }

    /// <summary>What is remembered of one object.</summary>
    public TypeReference ObjectState { get; }

    /// <summary>What a state machine remembers.</summary>
    public TypeReference StateMachineFrame { get; }

    /// <summary>ThreadRecorder.Line.</summary>
    public FieldReference Line { get; }

    /// <summary>A probe that is no generic method.</summary>
    public MethodReference Method(string name)
    {
        if (!_methods.TryGetValue(name, out MethodReference? method))
            _methods[name] = method = _module.ImportReference(_probe.Methods.Single(m => m.Name == name));
        return method;
    }

    /// <summary>A generic probe for values of <paramref name="type"/>.</summary>
    public MethodReference Method(string name, TypeReference type)
    {
        if (_instances.TryGetValue((name, type), out MethodReference? known))
            return known;
        var instance = new GenericInstanceMethod(Method(name));
        instance.GenericArguments.Add(type);
        return _instances[(name, type)] = instance;
    }
}
