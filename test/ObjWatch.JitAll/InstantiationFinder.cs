using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Reflection;

namespace ObjWatch.JitAll;

/// <summary>
/// Finds type arguments that the constraints of a generic type or method allow: references, primitives and larger structs,
/// because the JIT shares code between references only.
/// </summary>
internal sealed class InstantiationFinder
{
    private const int MostTries = 400;

    private static readonly Type[] _known =
    [
        typeof(object), typeof(string), typeof(int), typeof(byte), typeof(long), typeof(double), typeof(char), typeof(decimal),
            typeof(Guid),
        typeof(DateTime), typeof(DayOfWeek), typeof(BigInteger), typeof(KeyValuePair<object, object>), typeof(Exception), typeof(Attribute),
        typeof(Action), typeof(Type), typeof(MemoryStream), typeof(List<object>), typeof(Dictionary<object, object>),
    ];

    private readonly IReadOnlyList<Type> _candidates;

    /// <param name="types">The types of the assembly: many constraints are met by these only.</param>
    public InstantiationFinder(IEnumerable<Type> types) => _candidates =
        [.. _known, .. types.Where(type => !type.ContainsGenericParameters && !type.IsByRefLike && !(type.IsAbstract && type.IsSealed))];

    /// <summary>Type arguments for a type; one empty set where it is not generic.</summary>
    public IReadOnlyList<Type[]> Find(Type type) =>
        type.IsGenericTypeDefinition ? Find(type.GetGenericArguments(), arguments => type.MakeGenericType(arguments)) : [Type.EmptyTypes];

    /// <summary>Type arguments for a generic method, whose declaring type is already instantiated.</summary>
    public IReadOnlyList<Type[]> Find(MethodInfo method) =>
        Find(method.GetGenericArguments(), arguments => method.MakeGenericMethod(arguments));

    private List<Type[]> Find(Type[] parameters, Func<Type[], MemberInfo> instantiate)
    {
        var found = new List<Type[]>();
        Func<Type, bool>[] preferences =
            [type => !type.IsValueType, type => type.IsPrimitive, type => type.IsValueType && !type.IsPrimitive];
        foreach (Func<Type, bool> preferred in preferences)
        {
            Type[][] choices = Array.ConvertAll(parameters, parameter => Choices(parameter, preferred));
            var chosen = new Type[parameters.Length];
            int tries = MostTries;
            if (Choose(choices, chosen, 0, instantiate, ref tries) && !found.Any(other => other.SequenceEqual(chosen)))
                found.Add(chosen);
        }

        return found;
    }

    private Type[] Choices(Type parameter, Func<Type, bool> preferred)
    {
        IEnumerable<Type> own = parameter.GetGenericParameterConstraints()
            .Where(type => !type.ContainsGenericParameters && type != typeof(ValueType) && type != typeof(Enum)
                && type != typeof(Delegate) && type != typeof(MulticastDelegate));
        return own.Concat(_candidates).Distinct().Where(type => IsPlausible(parameter, type)).OrderBy(type => preferred(type) ? 0 : 1)
            .ToArray();
    }

    private static bool Choose(Type[][] choices, Type[] chosen, int position, Func<Type[], MemberInfo> instantiate, ref int tries)
    {
        if (position == choices.Length)
        {
            try
            {
                tries--;
                instantiate(chosen);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        foreach (Type choice in choices[position])
        {
            chosen[position] = choice;
            if (Choose(choices, chosen, position + 1, instantiate, ref tries))
                return true;
            if (tries <= 0)
                return false;
        }

        return false;
    }

    /// <summary>A quick look that leaves few for the runtime to refuse; only the runtime knows all rules.</summary>
    private static bool IsPlausible(Type parameter, Type type)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        if ((attributes & GenericParameterAttributes.ReferenceTypeConstraint) != 0 && type.IsValueType)
            return false;
        if ((attributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0 && !type.IsValueType)
            return false;
        if ((attributes & GenericParameterAttributes.DefaultConstructorConstraint) != 0
            && !type.IsValueType && (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null))
            return false;
        return parameter.GetGenericParameterConstraints().All(constraint => constraint.ContainsGenericParameters
            ? !constraint.IsGenericType || Implements(type, constraint.GetGenericTypeDefinition())
            : constraint.IsAssignableFrom(type));
    }

    private static bool Implements(Type type, Type definition)
    {
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            if (current.IsGenericType && current.GetGenericTypeDefinition() == definition)
                return true;
        }

        return type.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == definition);
    }
}
