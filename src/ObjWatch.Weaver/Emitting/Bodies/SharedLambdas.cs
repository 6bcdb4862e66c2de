using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Tells the trimmer that it may find a lambda, a local function or a closure in two places.</summary>
/// <remarks>
/// The trimmer looks for the one method that a lambda belongs to, because that method's annotations hold for the lambda too
/// (CompilerGeneratedState in dotnet/runtime). It knows lambdas by their names: so the separate body of one has the name of a local
/// function, and belongs to the same method. Of two methods it takes the first, which is the one of the source, since separate bodies come
/// last, and warns of the other (IL2117), even of a second place in the same method that makes a closure. The attribute is in the assembly,
/// so that it also serves where that is published by a project without ObjWatch.
/// </remarks>
internal sealed class SharedLambdas
{
    private const string Namespace = "System.Diagnostics.CodeAnalysis";
    private const string Name = "UnconditionalSuppressMessageAttribute";
    private readonly MethodReference? _suppress;
    private readonly TypeReference _string;

    private SharedLambdas(TypeReference text, MethodReference? suppress)
    {
        _string = text;
        _suppress = suppress;
    }

    /// <summary>Prepares to tell it of methods of a module.</summary>
    public static SharedLambdas In(ModuleDefinition module)
    {
        TypeReference text = module.TypeSystem.String;
        TypeReference? attribute = module.GetType(Namespace, Name); // a library for an older framework may declare its own
        if (attribute == null
            && module.TypeSystem.CoreLibrary is AssemblyNameReference { Name: "System.Runtime", Version.Major: >= 5 } core)
            attribute = new TypeReference(Namespace, Name, module, core);
        if (attribute == null)
            return new SharedLambdas(text, null);
        var suppress = new MethodReference(".ctor", module.TypeSystem.Void, attribute) { HasThis = true };
        suppress.Parameters.Add(new ParameterDefinition(text));
        suppress.Parameters.Add(new ParameterDefinition(text));
        return new SharedLambdas(text, suppress);
    }

    /// <summary>Whether the name is that of a lambda or a local function.</summary>
    public static bool IsNested(string method) => method[0] == '<' && (method.Contains(">b__") || method.Contains(">g__"));

    /// <summary>Tells it of a method that has been woven, if it has any.</summary>
    public void Allow(MethodContext context)
    {
        if (_suppress == null || !(context.IsSeparate || BodyAttributes.WantOneBody(context.Original)))
            return;
        if (!context.Original.Body.Instructions.Any(i => i.Operand is MethodReference method && IsShared(method, context)))
            return;
        var attribute = new CustomAttribute(_suppress);
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(_string, "Trimming"));
        attribute.ConstructorArguments.Add(new CustomAttributeArgument(_string, "IL2117"));
        context.Host.CustomAttributes.Add(attribute);
    }

    private static bool IsShared(MethodReference method, MethodContext context) => method.Name == ".ctor"
        ? method.DeclaringType.Name.StartsWith("<>c", StringComparison.Ordinal)
        : context.IsSeparate && IsNested(method.Name) && method.Name != context.Host.Name;
}
