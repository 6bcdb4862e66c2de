using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Where the attributes of a method have to stand once its code stands twice.</summary>
/// <remarks>
/// An attribute that changes how a tool reads code belongs wherever that code is. All others belong to the method alone: they are found by reflection
/// (a test, a route, a constructor for JSON), act on the compiler, or say something about how the method is called, and a second one would be found twice.
/// All are known by name, as the tools know them: a library for netstandard2.0 declares its own.
/// </remarks>
internal static class BodyAttributes
{
    private const MethodAttributes CallerMatters = MethodAttributes.RequireSecObject; // [DynamicSecurityMethod]: what it calls looks for its frame

    private enum Place
    {
        /// <summary>On the method alone.</summary>
        Method,

        /// <summary>On the method and on its separate body.</summary>
        Both,

        /// <summary>There must be no separate body.</summary>
        OneBody,
    }

    /// <summary>Whether the JIT is told never to inline the method, so that a separate body would gain nothing.</summary>
    public static bool KeepFromInlining(MethodDefinition method) => method.NoInlining || method.NoOptimization;

    /// <summary>
    /// Whether both bodies have to stand in the method itself, because the trimmer is told something about it. A second method could bear the same
    /// annotations, but it is private, and reflection on private members would then be warned of.
    /// </summary>
    public static bool WantOneBody(MethodDefinition method) => (method.Attributes & CallerMatters) != 0
        || Of(method).Any(a => PlaceOf(a) == Place.OneBody)
        || Annotation(method.MethodReturnType) != null
        || (method.HasParameters && method.Parameters.Any(p => Annotation(p) != null));

    /// <summary>Gives a separate body what its code needs of the method's attributes.</summary>
    public static void Copy(MethodDefinition method, MethodDefinition separate)
    {
        separate.AggressiveOptimization = method.AggressiveOptimization;
        foreach (CustomAttribute attribute in Of(method).Where(a => PlaceOf(a) == Place.Both))
            separate.CustomAttributes.Add(attribute);
    }

    /// <summary>What the trimmer is told to keep of a type, or <see langword="null"/>.</summary>
    public static CustomAttribute? Annotation(ICustomAttributeProvider provider) => provider.HasCustomAttributes
        ? provider.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == "System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembersAttribute")
        : null;

    /// <summary>The property or event that an accessor belongs to. Tools read its attributes as those of its accessors.</summary>
    public static IMemberDefinition? Owner(MethodDefinition method) => method switch
    {
        { IsGetter: true } => method.DeclaringType.Properties.FirstOrDefault(p => p.GetMethod == method),
        { IsSetter: true } => method.DeclaringType.Properties.FirstOrDefault(p => p.SetMethod == method),
        { IsAddOn: true } => method.DeclaringType.Events.FirstOrDefault(e => e.AddMethod == method),
        { IsRemoveOn: true } => method.DeclaringType.Events.FirstOrDefault(e => e.RemoveMethod == method),
        _ => null,
    };

    private static IEnumerable<CustomAttribute> Of(MethodDefinition method)
    {
        IEnumerable<CustomAttribute> own = method.HasCustomAttributes ? method.CustomAttributes : [];
        return Owner(method) is { HasCustomAttributes: true } owner
            ? own.Concat(owner.CustomAttributes.Where(a => own.All(b => b.AttributeType.FullName != a.AttributeType.FullName)))
            : own;
    }

    private static Place PlaceOf(CustomAttribute attribute) => attribute.AttributeType.Namespace switch
    {
        "System.Diagnostics.CodeAnalysis" => attribute.AttributeType.Name switch
        {
            // The trimmer, the AOT compiler and the single-file bundler.
            "RequiresUnreferencedCodeAttribute" or "RequiresDynamicCodeAttribute" or "RequiresAssemblyFilesAttribute"
                or "UnconditionalSuppressMessageAttribute" or "DynamicallyAccessedMembersAttribute" => Place.OneBody,
            "ExcludeFromCodeCoverageAttribute" => Place.Both,
            _ => Place.Method,
        },
        "System.Diagnostics" => attribute.AttributeType.Name switch
        {
            // Debuggers, and what makes stack traces.
            "DebuggerStepThroughAttribute" or "DebuggerHiddenAttribute" or "DebuggerNonUserCodeAttribute" or "DebuggerStepperBoundaryAttribute"
                or "DebuggerDisableUserUnhandledExceptionsAttribute" or "StackTraceHiddenAttribute" => Place.Both,
            _ => Place.Method,
        },
        // .NET Framework: what the code may call, which exceptions its handlers see, and what is prepared before it runs.
        "System.Security" => attribute.AttributeType.Name is "SecurityCriticalAttribute" or "SecuritySafeCriticalAttribute" ? Place.Both : Place.Method,
        "System.Runtime.ExceptionServices" => attribute.AttributeType.Name == "HandleProcessCorruptedStateExceptionsAttribute" ? Place.Both : Place.Method,
        "System.Runtime.ConstrainedExecution" => Place.Both,
        // Obfuscators.
        "System.Reflection" => attribute.AttributeType.Name == "ObfuscationAttribute" ? Place.Both : Place.Method,
        _ => Place.Method,
    };
}
