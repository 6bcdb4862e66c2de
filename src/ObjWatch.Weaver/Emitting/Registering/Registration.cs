using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>The type that the weaver adds to a module: it registers the assembly with the runtime, and holds what the gates of the methods
/// test.</summary>
/// <remarks>
/// All its fields are <c>static readonly</c> and have their values before anything else of the module is compiled. So they are constants
/// for optimised code. They belong to the module because code that has not been optimised yet loads a field of its own assembly at two
/// thirds of the cost of another's.
/// </remarks>
internal sealed class Registration
{
    private readonly RuntimeReferences _runtime;
    private readonly FieldDefinition _open;
    private readonly FieldDefinition _first;
    private readonly FieldDefinition _gates;

    private Registration(TypeDefinition type, RuntimeReferences runtime, FieldDefinition open, FieldDefinition first, FieldDefinition gates)
    {
        Type = type;
        _runtime = runtime;
        _open = open;
        _first = first;
        _gates = gates;
    }

    /// <summary>The type.</summary>
    public TypeDefinition Type { get; }

    /// <summary>Whether the process can trace at all. False until the assembly is registered, and with <c>OBJWATCH=0</c> for
    /// ever.</summary>
    public FieldReference Open => _open;

    /// <summary>The number of the assembly's first site.</summary>
    public FieldReference First => _first;

    /// <summary>One byte for each site: zero at a method's site while the method is not traced. Only there when
    /// <see cref="Open"/>.</summary>
    public FieldReference Gates => _gates;

    /// <summary>Makes the type, whose fields code may name from now on. It does not belong to the module yet.</summary>
    public static Registration Prepare(ModuleDefinition module, RuntimeReferences runtime)
    {
        const TypeAttributes Attributes = TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed;
        var type = new TypeDefinition("", "<ObjWatch>Sites", Attributes, module.TypeSystem.Object);
        FieldDefinition open = AddField(type, "Open", module.TypeSystem.Boolean);
        FieldDefinition first = AddField(type, "First", module.TypeSystem.Int32);
        FieldDefinition gates = AddField(type, "Gates", new ArrayType(module.TypeSystem.Byte));
        return new Registration(type, runtime, open, first, gates);
    }

    /// <summary>Adds the type, and has it initialised before any code of the program runs.</summary>
    /// <param name="module">The module.</param>
    /// <param name="initializer">What runs first of all in it.</param>
    /// <param name="siteCount">How many sites there are.</param>
    public void AddTo(ModuleDefinition module, ModuleInitializer initializer, int siteCount)
    {
        MethodDefinition register = StaticConstructor.Of(Type, module);
        ILProcessor il = register.Body.GetILProcessor();
        Instruction end = Instruction.Create(OpCodes.Ret);
        il.Emit(OpCodes.Ldsfld, _runtime.Gate);
        il.Emit(OpCodes.Brfalse_S, end);
        il.Emit(OpCodes.Ldc_I4, WovenContract.Version);
        il.Emit(OpCodes.Ldc_I4, siteCount);
        il.Emit(OpCodes.Call, _runtime.Method(nameof(Probe.Register), Type));
        il.Emit(OpCodes.Stsfld, _first);
        // Zero where the library has another contract: then nothing here is ever traced.
        il.Emit(OpCodes.Ldsfld, _first);
        il.Emit(OpCodes.Brfalse_S, end);
        il.Emit(OpCodes.Ldsfld, _first);
        il.Emit(OpCodes.Call, _runtime.Method(nameof(Probe.Gates)));
        il.Emit(OpCodes.Stsfld, _gates);
        // At last: what runs while the assembly is being registered must not look for gates that are not there yet.
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Stsfld, _open);
        il.Append(end);
        module.Types.Add(Type);
        LoadFirst(initializer.Method ?? AddInitializer(module), initializer.Start);
    }

    /// <summary>Has the initializer load a field of the type, which initialises it.</summary>
    private void LoadFirst(MethodDefinition initializer, int start)
    {
        initializer.Body.Instructions.Insert(start, Instruction.Create(OpCodes.Ldsfld, _first));
        initializer.Body.Instructions.Insert(start + 1, Instruction.Create(OpCodes.Pop));
    }

    private static MethodDefinition AddInitializer(ModuleDefinition module)
    {
        MethodDefinition method = StaticConstructor.Of(ModuleInitializer.Globals(module), module);
        method.Body.GetILProcessor().Emit(OpCodes.Ret);
        return method;
    }

    private static FieldDefinition AddField(TypeDefinition holder, string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, type);
        holder.Fields.Add(field);
        return field;
    }
}
