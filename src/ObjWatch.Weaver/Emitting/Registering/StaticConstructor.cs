using Mono.Cecil;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>Adds static constructors.</summary>
internal static class StaticConstructor
{
    /// <summary>Adds an empty one to a type of a module.</summary>
    public static MethodDefinition Of(TypeDefinition type, ModuleDefinition module)
    {
        var constructor = new MethodDefinition(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.HideBySig
                | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            module.TypeSystem.Void);
        type.Methods.Add(constructor);
        return constructor;
    }
}
