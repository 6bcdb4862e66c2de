using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>
/// Methods that look at all collections of an object, one for each type that has several: methods of the type look at the same fields after
/// every statement that calls anything, and each look takes eleven instructions for each field.
/// </summary>
internal sealed class LengthLooks
{
    private const string Name = "<ObjWatch>lengths";

    private readonly Dictionary<TypeDefinition, MethodDefinition> _known = new();
    private readonly RuntimeReferences _runtime;
    private readonly FieldReference _firstSite;
    private readonly MethodReference _compilerGenerated;

    /// <summary>Prepares to add such methods to a module.</summary>
    public LengthLooks(ModuleDefinition module, RuntimeReferences runtime, FieldReference firstSite)
    {
        _runtime = runtime;
        _firstSite = firstSite;
        _compilerGenerated = FrameworkAttributes.CompilerGenerated(module);
    }

    /// <summary>The method, as code that has an object of <paramref name="type"/> calls it: with the recorder, the object's state, and the
    /// first of as many sites as there are fields.</summary>
    public MethodReference For(TypeReference type, IReadOnlyList<(FieldReference Field, int Member, int Key)> fields)
    {
        var definition = (TypeDefinition)type.GetElementType();
        if (!_known.TryGetValue(definition, out MethodDefinition? method))
            _known[definition] = method = Add(definition, fields);
        if (type == definition)
            return method;
        var reference = new MethodReference(Name, method.ReturnType, type) { HasThis = true };
        foreach (ParameterDefinition parameter in method.Parameters)
            reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        return reference;
    }

    private MethodDefinition Add(TypeDefinition type, IReadOnlyList<(FieldReference Field, int Member, int Key)> fields)
    {
        TypeSystem types = type.Module.TypeSystem;
        var method = new MethodDefinition(Name, MethodAttributes.Private | MethodAttributes.HideBySig, types.Void);
        method.Parameters.Add(new ParameterDefinition(_runtime.ThreadRecorder));
        method.Parameters.Add(new ParameterDefinition(_runtime.ObjectState));
        method.Parameters.Add(new ParameterDefinition(types.Int32));
        method.CustomAttributes.Add(new CustomAttribute(_compilerGenerated));
        type.Methods.Add(method);
        var code = new CodeBuilder();
        for (int i = 0; i < fields.Count; i++)
        {
            code.LoadArgument(method.Parameters[0]);
            code.LoadArgument(method.Parameters[1]);
            code.LoadArgument(method.Parameters[2]);
            code.LoadInteger(i);
            code.Emit(OpCodes.Add);
            code.LoadSite(_firstSite, fields[i].Key);
            code.LoadThis();
            code.Emit(OpCodes.Ldfld, AsOwn(fields[i].Field, type));
            code.Call(_runtime.Method(nameof(Probe.Length)));
        }

        code.Emit(OpCodes.Ret);
        BodyReplacement.Replace(method, code.Instructions, [], []);
        return method;
    }

    /// <summary>The field as the type's own methods name it: it may come as a state machine does.</summary>
    private static FieldReference AsOwn(FieldReference field, TypeDefinition type)
    {
        TypeReference? declaring = GenericTypes.SelfInstance(type);
        while (declaring != null && declaring.GetElementType() != field.DeclaringType.GetElementType())
        {
            TypeReference? parent = ((TypeDefinition)declaring.GetElementType()).BaseType;
            declaring = parent != null && declaring is GenericInstanceType instance ? GenericTypes.Substitute(parent, instance) : parent;
        }

        return declaring == null ? field : GenericTypes.FieldOf(declaring, field);
    }
}
