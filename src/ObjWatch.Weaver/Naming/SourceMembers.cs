using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Naming;

/// <summary>
/// Leads from what the compiler made to what the programmer wrote: from a lambda's method to the method that holds it, from a backing field
/// to its property.
/// </summary>
/// <remarks>The names are those Roslyn gives (GeneratedNames.cs in dotnet/roslyn): <c>&lt;Method&gt;b__0_1</c> for lambdas,
/// <c>&lt;Method&gt;g__Local|0_1</c> for local functions, <c>&lt;Method&gt;d__5</c> for state machines,
/// <c>&lt;Property&gt;k__BackingField</c>. Visual Basic's are <c>_Lambda$__0</c>, <c>VB$StateMachine_5_Method</c>, <c>_Closure$__</c> and
/// <c>_Property</c>, F#'s backing field is <c>Property@</c>.</remarks>
internal static class SourceMembers
{
    private const string BackingFieldSuffix = ">k__BackingField";
    private const string PrimaryParameterSuffix = ">P";
    private const string VisualBasicClosure = "_Closure$__";
    private const string VisualBasicCaptured = "$VB$Local_";
    private const string VisualBasicHoisted = "$VB$ResumableLocal_";

    /// <summary>Whether the type is the compiler's: a closure, a state machine, an anonymous type.</summary>
    public static bool IsGenerated(TypeDefinition type) =>
        (type.Name.StartsWith("<", System.StringComparison.Ordinal) && !FileLocalTypes.IsName(type.Name))
        || type.Name.StartsWith("VB$", System.StringComparison.Ordinal)
        || type.Name.StartsWith(VisualBasicClosure, System.StringComparison.Ordinal)
        || FunctionalNames.IsClosure(type);

    /// <summary>Whether the type holds the captured variables, or the lambdas, of a method.</summary>
    public static bool IsClosure(TypeDefinition type) => type.Name.StartsWith("<>c", System.StringComparison.Ordinal)
        || type.Name.StartsWith(VisualBasicClosure, System.StringComparison.Ordinal);

    /// <summary>The name of the local variable or parameter that a closure's field holds, or <see langword="null"/>.</summary>
    public static string? CapturedVariable(FieldDefinition field)
    {
        if (field.Name.StartsWith(VisualBasicCaptured, System.StringComparison.Ordinal))
            return field.Name.Substring(VisualBasicCaptured.Length);
        // "CS$<>8__locals1" leads to the closure around this one.
        return field.Name[0] is '<' or '$' || field.Name.IndexOf("$<>", System.StringComparison.Ordinal) >= 0 ? null : field.Name;
    }

    /// <summary>The name of the local variable that a state machine's field holds, or <see langword="null"/>: <c>&lt;name&gt;5__2</c>,
    /// Visual Basic's <c>$VB$ResumableLocal_name$0</c>.</summary>
    public static string? HoistedVariable(FieldDefinition field)
    {
        string name = field.Name;
        int end = name.IndexOf(">5__", System.StringComparison.Ordinal);
        if (end > 1 && name[0] == '<')
            return name.Substring(1, end - 1);
        int last = name.LastIndexOf('$');
        return name.StartsWith(VisualBasicHoisted, System.StringComparison.Ordinal) && last > VisualBasicHoisted.Length
            ? name.Substring(VisualBasicHoisted.Length, last - VisualBasicHoisted.Length)
            : null;
    }

    /// <summary>The innermost type around <paramref name="type"/> (or itself) that stands in the source.</summary>
    public static TypeDefinition SourceType(TypeDefinition type)
    {
        while (IsGenerated(type) && type.DeclaringType != null)
            type = type.DeclaringType;
        return type;
    }

    /// <summary>The method of the source that holds the code of <paramref name="method"/>; itself where it is one.</summary>
    public static MethodDefinition SourceMethod(MethodDefinition method)
    {
        TypeDefinition source = SourceType(method.DeclaringType);
        if (VisualBasicNames.IsLambda(method))
            return VisualBasicNames.UserOf(method, source) is { } user ? SourceMethod(user) : method;
        string? name = EnclosedName(method.Name) ?? VisualBasicNames.MethodOf(method.DeclaringType)
            ?? FunctionalNames.Bound(method.DeclaringType.Name);
        if (name == null && source != method.DeclaringType)
            name = EnclosedName(method.DeclaringType.Name); // MoveNext of <Method>d__5
        if (name == null)
            return method;
        while (EnclosedName(name) is { } inner && inner != name && !HasMethod(source, name))
            name = inner; // a lambda in a lambda: <<Method>b__0_0>d
        return source.Methods.FirstOrDefault(m => m.Name == name) ?? method;
    }

    /// <summary>What the trace calls the method.</summary>
    public static string DisplayName(MethodDefinition method)
    {
        if (FunctionalNames.IsClosure(method.DeclaringType))
        {
            TypeDefinition type = SourceType(method.DeclaringType);
            return CSharpNames.Qualified(type) + "." + FunctionalNames.DisplayName(method, type);
        }

        MethodDefinition source = SourceMethod(method);
        string name = CSharpNames.Qualified(SourceType(method.DeclaringType)) + "." + (FunctionalNames.Bound(source.Name) ?? source.Name);
        if (source == method)
            return IsLambda(method) ? CSharpNames.Qualified(SourceType(method.DeclaringType)) + ".<lambda>" : name;
        if (IsLambda(method))
            return name + ".<lambda>";
        return LocalFunctionName(method) is { } local ? name + "." + local : name;
    }

    /// <summary>Whether the method is the body of a lambda expression.</summary>
    public static bool IsLambda(MethodDefinition method) =>
        method.Name.Contains(">b__") || VisualBasicNames.IsLambda(method) || FunctionalNames.IsCode(method);

    /// <summary>The name of the local function whose body the method is, or <see langword="null"/>.</summary>
    public static string? LocalFunctionName(MethodDefinition method)
    {
        int start = method.Name.IndexOf(">g__", System.StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += ">g__".Length;
        int end = method.Name.IndexOf('|', start);
        return end < 0 ? method.Name.Substring(start) : method.Name.Substring(start, end - start);
    }

    /// <summary>The member of the source whose state the field holds: the property of a backing field, the event of a delegate field, else
    /// the field.</summary>
    public static IMemberDefinition SourceMember(FieldDefinition field)
    {
        if (field.IsStatic && FunctionalNames.Property(field) is { } functional)
            return functional;
        TypeDefinition type = field.DeclaringType;
        if (BackedProperty(field) is { } property)
            return type.Properties.FirstOrDefault(p => p.Name == property) ?? (IMemberDefinition)field;
        if (field.IsPrivate && type.Events.FirstOrDefault(e => field.Name == e.Name || field.Name == e.Name + "Event") is { } @event)
            return @event;
        return field;
    }

    /// <summary>The parameter of a primary constructor that the field keeps for the type's members, or <see langword="null"/>.</summary>
    public static string? PrimaryParameter(FieldDefinition field) =>
        field.Name[0] == '<' && field.Name.EndsWith(PrimaryParameterSuffix, System.StringComparison.Ordinal)
            ? field.Name.Substring(1, field.Name.Length - PrimaryParameterSuffix.Length - 1)
            : null;

    /// <summary>The name of the property the field backs, or <see langword="null"/>: C# calls the field of P
    /// <c>&lt;P&gt;k__BackingField</c>, Visual Basic <c>_P</c>, F# <c>P@</c>.</summary>
    private static string? BackedProperty(FieldDefinition field)
    {
        string name = field.Name;
        if (name[0] == '<' && name.EndsWith(BackingFieldSuffix, System.StringComparison.Ordinal))
            return name.Substring(1, name.Length - BackingFieldSuffix.Length - 1);
        if (name[0] == '_' && IsCompilerGenerated(field))
            return name.Substring(1);
        return name[name.Length - 1] == '@' ? name.Substring(0, name.Length - 1) : null;
    }

    /// <summary>The method of the state machine that an async method or an iterator has become, or <see langword="null"/>.</summary>
    public static MethodDefinition? StateMachineMethod(MethodDefinition kickOff) =>
        StateMachineAttribute(kickOff) is { ConstructorArguments.Count: 1 } attribute
            && attribute.ConstructorArguments[0].Value is TypeReference type
            ? (type.GetElementType() as TypeDefinition)?.Methods.FirstOrDefault(m => m.Name == "MoveNext")
            : null;

    /// <summary>The attribute by which a compiler says what an async method or an iterator has become, or <see langword="null"/>.</summary>
    public static CustomAttribute? StateMachineAttribute(MethodDefinition kickOff) => !kickOff.HasCustomAttributes
        ? null
        : kickOff.CustomAttributes.FirstOrDefault(a => a.AttributeType.Namespace == "System.Runtime.CompilerServices"
            && a.AttributeType.Name
                is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute");

    /// <summary>Whether the member bears [CompilerGenerated].</summary>
    public static bool IsCompilerGenerated(ICustomAttributeProvider member) => member.HasCustomAttributes
        && member.CustomAttributes.Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.CompilerGeneratedAttribute");

    private static bool HasMethod(TypeDefinition type, string name) => type.Methods.Any(m => m.Name == name);

    /// <summary>What stands between the leading <c>&lt;</c> and its own <c>&gt;</c>, or <see langword="null"/>.</summary>
    private static string? EnclosedName(string name)
    {
        if (name.Length < 3 || name[0] != '<')
            return null;
        int depth = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '<')
                depth++;
            else if (name[i] == '>' && --depth == 0)
                return i > 1 && i < name.Length - 1 ? name.Substring(1, i - 1) : null;
        }

        return null;
    }
}
