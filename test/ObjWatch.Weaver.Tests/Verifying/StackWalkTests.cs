using System;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Tests.Verifying;

/// <summary>The check of woven bodies lets what compilers write pass and finds the mistakes a weaver can make.</summary>
public sealed class StackWalkTests
{
    [Test]
    public void Everything_that_compilers_wrote_is_sound([Values("Mono.Cecil.dll", "nunit.framework.dll", "ObjWatch.Weaver.dll",
        "CsCheck.dll")] string file)
    {
        using var module = ModuleDefinition.ReadModule(System.IO.Path.Combine(TestContext.CurrentContext.TestDirectory, file));
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                    Assert.That(StackWalk.FindFault(method), Is.Null, method.FullName);
            }
        }
    }

    [Test]
    public void A_value_taken_from_an_empty_stack() => AssertFault("empty", il =>
    {
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_value_left_behind() => AssertFault("left on the stack", il =>
    {
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_try_block_that_begins_with_a_value_on_the_stack() => AssertFault("not empty where a try block begins", il =>
    {
        Instruction end = il.Create(OpCodes.Ret);
        Instruction start = il.Create(OpCodes.Leave, end);
        Instruction handler = il.Create(OpCodes.Endfinally);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Append(start);
        il.Append(handler);
        il.Append(end);
        il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = start, TryEnd = handler, HandlerStart = handler, HandlerEnd = end,
        });
    });

    [Test]
    public void A_depth_that_depends_on_the_way() => AssertFault("the stack holds", il =>
    {
        Instruction end = il.Create(OpCodes.Pop);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Brtrue, end);
        il.Emit(OpCodes.Ldc_I4_2);
        il.Append(end);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_branch_to_an_instruction_that_was_replaced() => AssertFault("not in the body", il =>
    {
        il.Emit(OpCodes.Br, il.Create(OpCodes.Ret));
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_switch_arm_to_an_instruction_that_was_replaced() => AssertFault("not in the body", il =>
    {
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Switch, [il.Create(OpCodes.Nop)]);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void An_end_that_is_run_over() => AssertFault("falls off the end", il => il.Emit(OpCodes.Nop));

    [Test]
    public void An_instruction_that_was_put_in_twice() => AssertFault("twice", il =>
    {
        Instruction nop = il.Create(OpCodes.Nop);
        il.Append(nop);
        il.Append(nop);
        il.Emit(OpCodes.Ret);
    });

    [Test]
    public void A_body_without_code() => AssertFault("no instructions", _ => { });

    [Test]
    public void A_handler_that_begins_at_an_instruction_that_was_replaced() => AssertFault("bound of an exception handler", il =>
    {
        Instruction end = il.Create(OpCodes.Ret);
        il.Emit(OpCodes.Leave, end);
        Instruction handler = il.Create(OpCodes.Endfinally);
        il.Append(handler);
        il.Append(end);
        Add(il, il.Create(OpCodes.Nop), handler, handler, end);
    });

    [Test]
    public void An_empty_region() => AssertFault("empty", il =>
    {
        Instruction end = il.Create(OpCodes.Ret);
        Instruction handler = il.Create(OpCodes.Endfinally);
        il.Emit(OpCodes.Leave, end);
        il.Append(handler);
        il.Append(end);
        Add(il, handler, handler, handler, end);
    });

    [Test]
    public void Regions_that_overlap() => AssertFault("overlap", il =>
    {
        var nops = new Instruction[8];
        for (int i = 0; i < nops.Length; i++)
            il.Append(nops[i] = il.Create(OpCodes.Nop));
        il.Emit(OpCodes.Ret);
        Add(il, nops[0], nops[2], nops[2], nops[4]);
        Add(il, nops[1], nops[3], nops[5], nops[6]);
    });

    private static void Add(ILProcessor il, Instruction tryStart, Instruction tryEnd, Instruction handlerStart, Instruction handlerEnd) =>
        il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = tryStart,
            TryEnd = tryEnd,
            HandlerStart = handlerStart,
            HandlerEnd = handlerEnd,
        });

    private static void AssertFault(string fault, Action<ILProcessor> write)
    {
        using var module = ModuleDefinition.CreateModule("Test", ModuleKind.Dll);
        var type = new TypeDefinition("", "Type", TypeAttributes.Public, module.TypeSystem.Object);
        module.Types.Add(type);
        var method = new MethodDefinition("Method", MethodAttributes.Public | MethodAttributes.Static, module.TypeSystem.Void);
        type.Methods.Add(method);
        write(method.Body.GetILProcessor());
        Assert.That(StackWalk.FindFault(method), Does.Contain(fault));
    }
}
