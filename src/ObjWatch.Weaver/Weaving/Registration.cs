using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>The type that the weaver adds to a module: it registers the assembly with the runtime, and holds what the gates of the methods test.</summary>
/// <remarks>
/// All its fields are <c>static readonly</c> and have their values before anything else of the module is compiled. So they are constants for optimised code.
/// They belong to the module because code that has not been optimised yet loads a field of its own assembly at two thirds of the cost of another's.
/// </remarks>
internal sealed class Registration
{
    private readonly ModuleDefinition _module;
    private readonly RuntimeReferences _runtime;
    private readonly ModuleInitializer _initializer;
    private readonly FieldDefinition _open;
    private readonly FieldDefinition _first;
    private readonly FieldDefinition _gates;

    public Registration(ModuleDefinition module, RuntimeReferences runtime, ModuleInitializer initializer)
    {
        _module = module;
        _initializer = initializer;
        _runtime = runtime;
        Type = new TypeDefinition("", "<ObjWatch>Sites", TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        _open = AddField("Open", module.TypeSystem.Boolean);
        _first = AddField("First", module.TypeSystem.Int32);
        _gates = AddField("Gates", new ArrayType(module.TypeSystem.Byte));
    }

    /// <summary>The type.</summary>
    public TypeDefinition Type { get; }

    /// <summary>Whether the process can trace at all. False until the assembly is registered, and with <c>OBJWATCH=0</c> for ever.</summary>
    public FieldReference Open => _open;

    /// <summary>The number of the assembly's first site.</summary>
    public FieldReference First => _first;

    /// <summary>One byte for each site: zero at a method's site while the method is not traced. Only there when <see cref="Open"/>.</summary>
    public FieldReference Gates => _gates;

    /// <summary>Adds the type, and has it initialised before any code of the program runs.</summary>
    /// <param name="siteCount">How many sites there are.</param>
    public void AddTo(int siteCount)
    {
        MethodDefinition register = StaticConstructor.Of(Type, _module);
        ILProcessor il = register.Body.GetILProcessor();
        Instruction end = Instruction.Create(OpCodes.Ret);
        il.Emit(OpCodes.Ldsfld, _runtime.Gate);
        il.Emit(OpCodes.Brfalse_S, end);
        il.Emit(OpCodes.Ldc_I4, siteCount);
        il.Emit(OpCodes.Call, _runtime.Method("Register", Type));
        il.Emit(OpCodes.Stsfld, _first);
        il.Emit(OpCodes.Ldsfld, _first);
        il.Emit(OpCodes.Call, _runtime.Method("Gates"));
        il.Emit(OpCodes.Stsfld, _gates);
        // At last: what runs while the assembly is being registered must not look for gates that are not there yet.
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Stsfld, _open);
        il.Append(end);
        _module.Types.Add(Type);

        _initializer.Load(_module, _first);
    }

    private FieldDefinition AddField(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Assembly | FieldAttributes.Static | FieldAttributes.InitOnly, type);
        Type.Fields.Add(field);
        return field;
    }
}
