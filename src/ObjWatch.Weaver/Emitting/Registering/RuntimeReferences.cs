using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Loading;
using ObjWatch.Woven;

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
        TypeDefinition recorder = RuntimeContract.Find(runtime, nameof(Woven.ThreadRecorder));
        TypeDefinition gate = RuntimeContract.Find(runtime, nameof(TracingGate));
        Gate = module.ImportReference(gate.Fields.Single(field => field.Name == nameof(TracingGate.Open)));
        ThreadRecorder = module.ImportReference(recorder);
        ObjectState = module.ImportReference(RuntimeContract.Find(runtime, nameof(Woven.ObjectState)));
        StateMachineFrame = module.ImportReference(RuntimeContract.Find(runtime, nameof(Woven.StateMachineFrame)));
        Line = module.ImportReference(recorder.Fields.Single(field => field.Name == nameof(Woven.ThreadRecorder.Line)));
    }

    /// <summary>Imports from the runtime library into <paramref name="module"/>.</summary>
    public static RuntimeReferences Import(ModuleDefinition module, ModuleDefinition runtime) =>
        new(module, runtime, RuntimeContract.Find(runtime, nameof(Probe)));

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
