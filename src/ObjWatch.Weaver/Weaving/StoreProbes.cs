using System.Collections.Generic;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Stores to fields: reads the old value right before the store and reports both after it.</summary>
internal static class StoreProbes
{
    /// <summary>Copies a store to a watched field, with its probe.</summary>
    /// <param name="context">The method.</param>
    /// <param name="prefixes">The store's prefixes (<c>volatile.</c>, <c>unaligned.</c>): the load of the old value needs the same.</param>
    /// <param name="store">The <c>stfld</c> or <c>stsfld</c>.</param>
    /// <param name="watched">What is watched there.</param>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    public static bool Copy(MethodContext context, IReadOnlyList<Instruction> prefixes, Instruction store, WatchedField watched)
    {
        var field = (FieldReference)store.Operand;
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = context.Module.Shapes.Of(type);
        if (shape == ValueShape.Opaque)
            return false;
        bool isStatic = store.OpCode.Code == Code.Stsfld;
        CodeBuilder code = context.Code;
        VariableDefinition newValue = context.Locals.Shared(type, "new");
        VariableDefinition oldValue = context.Locals.Shared(type, "old");
        VariableDefinition? owner = isStatic ? null : context.Locals.Shared(OwnerType(context, field), "owner");
        code.StoreLocal(newValue);
        if (owner != null)
        {
            code.StoreLocal(owner);
            code.LoadLocal(owner);
        }

        Append(code, prefixes);
        code.Emit(isStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, field);
        code.StoreLocal(oldValue);
        VariableDefinition? identity = HasIdentity(field, watched) ? owner : null;
        bool isStruct = owner != null && identity == null && watched.Kind == MemberKind.Instance;
        if (identity != null)
            RereadProbes.LookBeforeStore(context, field, watched.Member, identity, oldValue);
        if (!isStruct)
            StoredCollections.Before(context, watched.Member, identity, oldValue);
        if (owner != null)
            code.LoadLocal(owner);
        code.LoadLocal(newValue);
        Append(code, prefixes);
        code.Emit(store.OpCode, field);

        context.LoadRecorderAndSite(context.AddSite(SiteKind.Store, watched.Member));
        if (identity != null)
            code.LoadLocal(identity);
        else
            code.Emit(OpCodes.Ldnull);
        context.LoadForProbe(oldValue, shape);
        context.LoadForProbe(newValue, shape);
        context.CallUpdate(shape, type);
        if (identity != null)
            RereadProbes.Know(context, field, watched.Member, identity, newValue);
        if (!isStruct)
            StoredCollections.After(context, watched.Member, identity, newValue);
        return true;
    }

    /// <summary>Copies a store to a named local variable, with its probe.</summary>
    public static bool CopyLocal(MethodContext context, Instruction store, VariableDefinition local, string name)
    {
        ValueShape shape = context.Module.Shapes.Of(local.VariableType);
        if (shape == ValueShape.Opaque || local.VariableType.IsPinned)
            return false;
        CodeBuilder code = context.Code;
        int member = context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        VariableDefinition oldValue = context.Locals.Shared(local.VariableType, "old");
        VariableDefinition newValue = context.Locals.Shared(local.VariableType, "new");
        code.StoreLocal(newValue);
        code.LoadLocal(local);
        code.StoreLocal(oldValue);
        StoredCollections.Before(context, member, owner: null, oldValue);
        code.LoadLocal(newValue);
        code.Add(Instruction.Create(OpCodes.Stloc, local));
        context.LoadRecorderAndSite(context.AddSite(SiteKind.Store, member));
        code.Emit(OpCodes.Ldnull);
        context.LoadForProbe(oldValue, shape);
        context.LoadForProbe(newValue, shape);
        context.CallProbe("Update", "UpdateReference", shape, local.VariableType);
        StoredCollections.After(context, member, owner: null, newValue);
        return true;
    }

    /// <summary>Whether what holds the field is an object that the trace numbers: no struct, and no closure.</summary>
    public static bool HasIdentity(FieldReference field, WatchedField watched) =>
        watched.Kind == MemberKind.Instance && !field.DeclaringType.IsValueType;

    /// <summary>What the stack holds below the value: the object, or a pointer to the struct.</summary>
    /// <remarks>A protected field may only be used through the type that uses it, or one nested around that (ECMA-335, I.8.5.3.2), not through the
    /// one that declares it.</remarks>
    public static TypeReference OwnerType(MethodContext context, FieldReference field)
    {
        if (field.DeclaringType.IsValueType)
            return new ByReferenceType(field.DeclaringType);
        if (WatchedMembers.Definition(field) is { IsFamily: true } or { IsFamilyAndAssembly: true })
        {
            for (TypeDefinition? user = context.Host.DeclaringType; user != null; user = user.DeclaringType)
            {
                if (DerivesFrom(user, field.DeclaringType.GetElementType()))
                    return GenericTypes.SelfInstance(user);
            }
        }

        return field.DeclaringType;
    }

    private static bool DerivesFrom(TypeDefinition type, TypeReference ancestor)
    {
        TypeReference? parent = type.BaseType?.GetElementType();
        while (parent is TypeDefinition definition && definition != ancestor)
            parent = definition.BaseType?.GetElementType();
        return parent != null && parent == ancestor;
    }

    private static void Append(CodeBuilder code, IReadOnlyList<Instruction> prefixes)
    {
        foreach (Instruction prefix in prefixes)
            code.Add(InstructionCopy.Of(prefix));
    }
}
