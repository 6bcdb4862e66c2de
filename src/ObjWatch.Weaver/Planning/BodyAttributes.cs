using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Planning;

/// <summary>Where the attributes of a method have to stand once its code stands twice.</summary>
/// <remarks>
/// An attribute that changes how a tool reads code belongs wherever that code is. All others belong to the method alone: they are found by
/// reflection (a test, a route, a constructor for JSON), act on the compiler, or say how the method is called, and a second one would be
/// found too. All are known by name, as the tools know them: a library for .NET Standard declares its own.
/// </remarks>
internal static class BodyAttributes
{
    private const string CodeAnalysis = "System.Diagnostics.CodeAnalysis";
    private const string Annotating = "DynamicallyAccessedMembersAttribute";

    private enum Place
    {
        /// <summary>On the method alone.</summary>
        Method,

        /// <summary>On both.</summary>
        Both,

        /// <summary>On both, and a method that is public has no separate body: that would be private, and who reflects on what is not
        /// public would be warned of it.</summary>
        BothUnlessPublic,

        /// <summary>There is no separate body.</summary>
        OneBody,
    }

    /// <summary>Whether the JIT is told never to inline the method, so that a separate body would gain nothing.</summary>
    public static bool KeepFromInlining(MethodDefinition method) => method.NoInlining || method.NoOptimization;

    /// <summary>Whether both bodies have to stand in the method itself.</summary>
    public static bool WantOneBody(MethodDefinition method)
    {
        if ((method.Attributes & MethodAttributes.RequireSecObject) != 0) // [DynamicSecurityMethod]: what it calls looks for its frame
            return true;
        return Of(method).Select(PlaceOf).Any(place => place == Place.OneBody || (place == Place.BothUnlessPublic && method.IsPublic))
            || Annotation(method.MethodReturnType) != null // a separate body hands the result over through a parameter
            || (method is { IsPublic: true, HasParameters: true } && method.Parameters.Any(p => Annotation(p) != null));
    }

    /// <summary>Gives a separate body what its code needs of the method's attributes.</summary>
    public static void Copy(MethodDefinition method, MethodDefinition separate)
    {
        separate.AggressiveOptimization = method.AggressiveOptimization;
        foreach (CustomAttribute attribute in Of(method).Where(a => PlaceOf(a) != Place.Method))
            separate.CustomAttributes.Add(attribute);
        if (!method.HasParameters)
            return;
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            if (Annotation(parameter) is { } annotation)
                separate.Parameters[parameter.Index].CustomAttributes.Add(annotation);
        }
    }

    /// <summary>What the trimmer is told to keep of a type, or <see langword="null"/>.</summary>
    public static CustomAttribute? Annotation(ICustomAttributeProvider provider) => !provider.HasCustomAttributes
        ? null
        : provider.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == Annotating && a.AttributeType.Namespace == CodeAnalysis);

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
            ? own.Concat(owner.CustomAttributes.Where(a => a.AttributeType.Name == "UnconditionalSuppressMessageAttribute"
                || own.All(b => b.AttributeType.FullName != a.AttributeType.FullName)))
            : own;
    }

    private static Place PlaceOf(CustomAttribute attribute) => attribute.AttributeType.Namespace switch
    {
        // The trimmer, the AOT compiler, the single-file bundler; coverage.
        CodeAnalysis => attribute.AttributeType.Name switch
        {
            "UnconditionalSuppressMessageAttribute" or "ExcludeFromCodeCoverageAttribute" => Place.Both,
            "RequiresUnreferencedCodeAttribute" or "RequiresDynamicCodeAttribute" or "RequiresAssemblyFilesAttribute"
                => Place.BothUnlessPublic,
            Annotating => Place.OneBody, // of a property, whose getter hands it over, or of `this` in a class derived from Type
            _ => Place.Method,
        },
        // Debuggers, and what makes stack traces.
        "System.Diagnostics" => attribute.AttributeType.Name switch
        {
            "DebuggerStepThroughAttribute" or "DebuggerHiddenAttribute" or "DebuggerNonUserCodeAttribute"
                or "DebuggerStepperBoundaryAttribute" or "DebuggerDisableUserUnhandledExceptionsAttribute" or "StackTraceHiddenAttribute"
                => Place.Both,
            _ => Place.Method,
        },
        // .NET Framework: what the code may call, which exceptions its handlers see, and what is prepared before it runs.
        "System.Security" => attribute.AttributeType.Name is "SecurityCriticalAttribute" or "SecuritySafeCriticalAttribute"
            ? Place.Both
            : Place.Method,
        "System.Runtime.ExceptionServices" => attribute.AttributeType.Name == "HandleProcessCorruptedStateExceptionsAttribute"
            ? Place.Both
            : Place.Method,
        "System.Runtime.ConstrainedExecution" => Place.Both,
        // Obfuscators.
        "System.Reflection" => attribute.AttributeType.Name == "ObfuscationAttribute" ? Place.Both : Place.Method,
        _ => Place.Method,
    };
}
