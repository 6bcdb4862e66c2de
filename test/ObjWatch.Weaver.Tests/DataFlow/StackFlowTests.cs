using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Weaver.DataFlow;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Tests.DataFlow;

/// <summary>What is followed over the evaluation stack, on small bodies.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StackFlowTests : IDisposable
{
    private readonly ModuleDefinition _module = ModuleDefinition.CreateModule("Test", ModuleKind.Dll);
    private readonly TypeDefinition _type;
    private readonly FieldDefinition _field;
    private readonly MethodDefinition _method;
    private readonly ILProcessor _il;

    public StackFlowTests()
    {
        _type = new TypeDefinition("", "Type", TypeAttributes.Public, _module.TypeSystem.Object);
        _module.Types.Add(_type);
        _field = new FieldDefinition("Field", FieldAttributes.Public, _module.TypeSystem.Int32);
        _type.Fields.Add(_field);
        _method = new MethodDefinition("Method", MethodAttributes.Public, _module.TypeSystem.Void);
        _method.Parameters.Add(new ParameterDefinition(_type));
        _type.Methods.Add(_method);
        _il = _method.Body.GetILProcessor();
    }

    public void Dispose() => _module.Dispose();

    [Test]
    public void Store_into_this_is_told_from_one_into_another_object()
    {
        Instruction own = Store(OpCodes.Ldarg_0);
        Store(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ret);
        Assert.That(FieldsOfThis.AccessesOf(_method, _method.Body.Instructions.Count), Is.EquivalentTo(new[] { own }));
    }

    [Test]
    public void This_stays_this_when_it_is_duplicated()
    {
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Dup);
        Instruction load = Emit(OpCodes.Ldfld);
        Instruction store = Emit(OpCodes.Stfld);
        _il.Emit(OpCodes.Ret);
        Assert.That(FieldsOfThis.AccessesOf(_method, _method.Body.Instructions.Count), Is.EquivalentTo(new[] { load, store }));
    }

    /// <summary><c>this.Field = condition ? 1 : 2</c>: the object lies on the stack over a branch.</summary>
    [Test]
    public void A_branch_carries_its_stack_to_its_target()
    {
        Instruction otherwise = _il.Create(OpCodes.Ldc_I4_2);
        Instruction join = _il.Create(OpCodes.Stfld, _field);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Brtrue, otherwise);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Br, join);
        _il.Append(otherwise);
        _il.Append(join);
        _il.Emit(OpCodes.Ret);
        Assert.That(FieldsOfThis.AccessesOf(_method, _method.Body.Instructions.Count), Is.EquivalentTo(new[] { join }));
    }

    /// <summary><c>(condition ? this : other).Field = 1</c>.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void What_only_one_way_knows_is_not_known(bool thisFirst)
    {
        Instruction otherwise = _il.Create(thisFirst ? OpCodes.Ldarg_1 : OpCodes.Ldarg_0);
        Instruction join = _il.Create(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Brtrue, otherwise);
        _il.Emit(thisFirst ? OpCodes.Ldarg_0 : OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Br, join);
        _il.Append(otherwise);
        _il.Append(join);
        Emit(OpCodes.Stfld);
        _il.Emit(OpCodes.Ret);
        Assert.That(FieldsOfThis.AccessesOf(_method, _method.Body.Instructions.Count), Is.Empty);
    }

    [Test]
    public void Arms_of_a_switch_are_targets()
    {
        Instruction join = _il.Create(OpCodes.Stfld, _field);
        Instruction arm = _il.Create(OpCodes.Ldc_I4_2);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Switch, [arm]);
        _il.Emit(OpCodes.Pop);
        _il.Emit(OpCodes.Ret);
        _il.Append(arm);
        _il.Append(join);
        _il.Emit(OpCodes.Ret);
        Assert.That(FieldsOfThis.AccessesOf(_method, _method.Body.Instructions.Count), Is.EquivalentTo(new[] { join }));
    }

    [Test]
    public void Address_of_a_local_lives_for_the_statement_and_a_pointer_until_a_call()
    {
        var structure =
            new TypeDefinition("", "Structure", TypeAttributes.Public | TypeAttributes.Sealed,
                new TypeReference("System", "ValueType", _module, _module.TypeSystem.CoreLibrary));
        _module.Types.Add(structure);
        var inner = new FieldDefinition("Inner", FieldAttributes.Public, _module.TypeSystem.Int32);
        structure.Fields.Add(inner);
        var local = new VariableDefinition(structure);
        var pointer = new VariableDefinition(new PointerType(structure));
        _method.Body.Variables.Add(local);
        _method.Body.Variables.Add(pointer);
        Instruction[] loads = [_il.Create(OpCodes.Ldflda, inner), _il.Create(OpCodes.Ldflda, inner), _il.Create(OpCodes.Ldflda, inner)];
        Instruction[] addresses = [_il.Create(OpCodes.Ldloca, local), _il.Create(OpCodes.Ldloc, pointer), _il.Create(OpCodes.Ldnull)];
        for (int i = 0; i < loads.Length; i++)
        {
            _il.Append(addresses[i]);
            _il.Append(loads[i]);
            _il.Emit(OpCodes.Pop);
        }

        _il.Emit(OpCodes.Ret);
        var lives = AddressLives.Of(_method);
        Assert.That(loads.Select(load => lives[load]),
            Is.EqualTo(new[] { AddressLife.Statement, AddressLife.UntilCall, AddressLife.Unknown }));
    }

    [Test]
    public void Address_is_used_by_the_call_it_is_handed_to_and_not_by_those_for_the_other_arguments()
    {
        var number = new MethodDefinition("Number", MethodAttributes.Static, _module.TypeSystem.Int32);
        var use = new MethodDefinition("Use", MethodAttributes.Static, _module.TypeSystem.Void);
        use.Parameters.Add(new ParameterDefinition(new ByReferenceType(_module.TypeSystem.Int32)));
        use.Parameters.Add(new ParameterDefinition(_module.TypeSystem.Int32));
        _il.Emit(OpCodes.Ldarg_0);
        Instruction load = Emit(OpCodes.Ldflda);
        Instruction other = _il.Create(OpCodes.Call, number);
        Instruction call = _il.Create(OpCodes.Call, use);
        _il.Append(other);
        _il.Append(call);
        _il.Emit(OpCodes.Ret);
        AddressUses uses = AddressUses.Of(_method, new TypeShapes());
        Assert.That(uses.At(other), Is.Empty);
        Assert.That(uses.At(call), Is.EqualTo(new[] { load }));
        Assert.That(uses.IsKept(load), Is.False);
    }

    [Test]
    public void Types_behind_the_call_of_a_base_constructor_are_known_where_they_were_made_before_it()
    {
        var closure = new TypeDefinition("", "Closure", TypeAttributes.Public, _module.TypeSystem.Object);
        var constructor = new MethodReference(".ctor", _module.TypeSystem.Void, closure) { HasThis = true };
        _il.Emit(OpCodes.Newobj, constructor);
        _il.Emit(OpCodes.Dup);
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Call, new MethodReference(".ctor", _module.TypeSystem.Void, _type) { HasThis = true });
        Assert.That(ConstructorStack.BehindCall(_method, 4), Is.EqualTo(new TypeReference?[] { closure, closure, null }));
    }

    private Instruction Store(OpCode loadObject)
    {
        _il.Emit(loadObject);
        _il.Emit(OpCodes.Ldc_I4_1);
        return Emit(OpCodes.Stfld);
    }

    private Instruction Emit(OpCode code)
    {
        Instruction instruction = _il.Create(code, _field);
        _il.Append(instruction);
        return instruction;
    }
}
