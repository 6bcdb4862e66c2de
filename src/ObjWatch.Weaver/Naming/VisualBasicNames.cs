using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Naming;

/// <summary>The names that the Visual Basic compiler gives to what it makes, where they do not say what they stand for.</summary>
internal static class VisualBasicNames
{
    private const string Lambda = "_Lambda$__";
    private const string StateMachine = "VB$StateMachine_";
    private const string StaticLocal = "$STATIC$";
    private const string StaticLocalFlag = "$Init";

    /// <summary>Whether the method is the body of a lambda expression. Its name has only numbers.</summary>
    public static bool IsLambda(MethodDefinition method) => method.Name.StartsWith(Lambda, StringComparison.Ordinal);

    /// <summary>The method that makes a delegate of a lambda, and so the one it stands in.</summary>
    public static MethodDefinition? UserOf(MethodDefinition lambda, TypeDefinition source) =>
        WithGenerated(source).SelectMany(type => type.Methods).Where(method => method.HasBody && method != lambda)
            .FirstOrDefault(method => method.Body.Instructions.Any(i => i.OpCode.Code == Code.Ldftn && IsReferenceTo(lambda, i.Operand)));

    private static bool IsReferenceTo(MethodDefinition lambda, object operand) =>
        operand is MethodReference used && used.Name == lambda.Name && used.DeclaringType.GetElementType() == lambda.DeclaringType;

    /// <summary>The name of the method that became a state machine, or <see langword="null"/>: <c>Work</c> of
    /// <c>VB$StateMachine_5_Work</c>.</summary>
    public static string? MethodOf(TypeDefinition stateMachine)
    {
        int end = stateMachine.Name.StartsWith(StateMachine, StringComparison.Ordinal)
            ? stateMachine.Name.IndexOf('_', StateMachine.Length)
            : -1;
        return end < 0 ? null : CSharpNames.WithoutArity(stateMachine.Name.Substring(end + 1));
    }

    /// <summary>Whether the field says if a <c>Static</c> local has been initialised.</summary>
    public static bool IsStaticLocalFlag(FieldDefinition field) =>
        field.Name.StartsWith(StaticLocal, StringComparison.Ordinal) && field.Name.EndsWith(StaticLocalFlag, StringComparison.Ordinal);

    /// <summary>Method and name of the <c>Static</c> local that a field holds, or <see langword="null"/>: <c>Calls.count</c> of
    /// <c>$STATIC$Calls$2008$count</c>.</summary>
    public static string? StaticLocalName(FieldDefinition field)
    {
        string[] parts = field.Name.StartsWith(StaticLocal, StringComparison.Ordinal) ? field.Name.Split('$') : [];
        return parts.Length == 5 ? parts[2] + "." + parts[4] : null;
    }

    private static IEnumerable<TypeDefinition> WithGenerated(TypeDefinition type) =>
        type.NestedTypes.Where(SourceMembers.IsGenerated).SelectMany(WithGenerated).Prepend(type);
}
