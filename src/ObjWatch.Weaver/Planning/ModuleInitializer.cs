using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Planning;

/// <summary>
/// What runs first of all in a module, and the place in it where the assembly is registered: before the program's own initializers, but
/// behind what another tool has put in front of them. That may be what makes the runtime library loadable: Costura embeds all libraries
/// in the program and finds them there.
/// </summary>
internal sealed class ModuleInitializer
{
    private const string OwnAttribute = "System.Runtime.CompilerServices.ModuleInitializerAttribute";

    private readonly HashSet<TypeDefinition> _before;

    private ModuleInitializer(MethodDefinition? method, int start, HashSet<TypeDefinition> before)
    {
        Method = method;
        Start = start;
        _before = before;
    }

    /// <summary>The method that runs first of all, or <see langword="null"/> where there is none.</summary>
    public MethodDefinition? Method { get; }

    /// <summary>The place among its instructions where the assembly is registered.</summary>
    public int Start { get; }

    /// <summary>Finds it.</summary>
    public static ModuleInitializer Of(ModuleDefinition module)
    {
        MethodDefinition? method = Globals(module).Methods.FirstOrDefault(method => method.Name == ".cctor");
        Instruction[] code = method?.Body.Instructions.ToArray() ?? [];
        int start = StartOf(code);
        return new ModuleInitializer(method, start,
            [.. code.Take(start).Select(Called).OfType<MethodDefinition>().Select(m => m.DeclaringType)]);
    }

    /// <summary>The type that holds it.</summary>
    public static TypeDefinition Globals(ModuleDefinition module) => module.Types.Single(type => type.Name == "<Module>");

    /// <summary>Whether a type's code runs before the assembly is registered, and so before the runtime library can be loaded.</summary>
    public bool RunsBefore(TypeDefinition? type)
    {
        for (; type is not null; type = type.DeclaringType)
        {
            if (_before.Contains(type))
                return true;
        }

        return false;
    }

    /// <summary>The first of the program's own initializers or, where there is none, the end.</summary>
    private static int StartOf(Instruction[] code)
    {
        for (int i = 0; i < code.Length; i++)
        {
            // Only statements that follow one another can be told apart, and only calls without arguments begin where they are.
            if (code[i].OpCode.FlowControl is not (FlowControl.Next or FlowControl.Call))
                return code[i].OpCode.Code == Code.Ret ? i : 0;
            if (Called(code[i]) is { HasParameters: false } called && IsOwn(called))
                return i;
        }

        return 0;
    }

    private static bool IsOwn(MethodDefinition method) =>
        method.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == OwnAttribute);

    private static MethodDefinition? Called(Instruction instruction) =>
        instruction.OpCode.Code == Code.Call ? instruction.Operand as MethodDefinition : null;
}
