using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Weaving;

/// <summary>A constructor that does nothing but store into its fields: its events are reported when it is done, by a method of its own.</summary>
/// <remarks>
/// Such constructors are short, many, and the JIT inlines them. A constructor cannot have a separate body, because only itself may store
/// read-only fields and call its base, but nothing can happen while one like this runs: reported afterwards its events are the same, in the same order.
/// </remarks>
internal sealed class SimpleConstructor
{
    private readonly MethodDefinition _constructor;
    private readonly MethodContext _context;

    /// <summary>Prepares to weave.</summary>
    /// <param name="context">The constructor, and as its method the empty one that is to report.</param>
    public SimpleConstructor(MethodContext context)
    {
        _constructor = context.Source;
        _context = context;
    }

    /// <summary>Whether the constructor is one of these.</summary>
    public static bool Is(MethodDefinition method)
    {
        if (!method.IsConstructor || method.IsStatic || method.Body.HasExceptionHandlers)
            return false;
        ConstructorChain? chain = ConstructorChain.Find(method);
        if (!method.DeclaringType.IsValueType && chain?.Target.DeclaringType.FullName != "System.Object")
            return false;
        Mono.Collections.Generic.Collection<Instruction> instructions = method.Body.Instructions;
        HashSet<Instruction> ofThis = ThisTracking.FieldAccesses(method, instructions.Count);
        var stored = new HashSet<string>();
        return instructions.All(i => i == chain?.Call || i.OpCode.Code switch
        {
            Code.Stfld => ofThis.Contains(i) && stored.Add(((FieldReference)i.Operand).Name),
            Code.Ret => i == instructions[instructions.Count - 1],
            Code.Starg or Code.Starg_S or (>= Code.Br_S and <= Code.Switch) => false,
            var code => SeparateBody.IsHarmless(code) && code != Code.Ldfld,
        });
    }

    /// <summary>Writes the method that reports, and makes the constructor call it at its end while tracing is on.</summary>
    public void Weave()
    {
        CodeBuilder code = _context.Code;
        Instruction end = Instruction.Create(OpCodes.Ret);
        ConstructorChain? chain = _context.IsClassConstructor ? ConstructorChain.Find(_constructor) : null;
        CallProbes.Enter(_context, chain, end);
        if (_context.Traced)
        {
            CallProbes.Run(_context);
            if (chain != null)
                new ConstructorProbes(_context).AfterChain();
        }

        foreach (Instruction store in _constructor.Body.Instructions.Where(i => i.OpCode.Code == Code.Stfld))
            Report((FieldReference)store.Operand, store.Offset);
        if (_context.Traced)
            CallProbes.End(_context, result: null);
        code.Add(end);
        BodyReplacement.Replace(_context.Method, code.Instructions, [], [], initLocals: true);
        CallAtEnd();
    }

    /// <summary>A fresh object's fields were zero.</summary>
    private void Report(FieldReference field, int offset)
    {
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = _context.Module.Shapes.Of(type);
        if (shape == ValueShape.Opaque || _context.Module.Members.Find(field) is not { } watched)
            return;
        CodeBuilder code = _context.Code;
        _context.Line = _constructor.DebugInformation.SequencePoints.LastOrDefault(p => !p.IsHidden && p.Offset <= offset)?.StartLine ?? _context.Line;
        _context.LoadRecorderAndSite(_context.AddSite(SiteKind.Store, watched.Member));
        if (_constructor.DeclaringType.IsValueType)
            code.Emit(OpCodes.Ldnull);
        else
            code.LoadThis();
        if (shape == ValueShape.Reference)
            code.Emit(OpCodes.Ldnull);
        else
            _context.LoadForProbe(_context.Locals.Shared(type, "zero"), shape);
        code.LoadThis();
        code.Emit(OpCodes.Ldfld, field);
        if (shape == ValueShape.Pointer)
            code.Emit(OpCodes.Conv_U);
        _context.CallUpdate(shape, type);
    }

    private void CallAtEnd()
    {
        _constructor.DeclaringType.Methods.Add(_context.Method);
        List<Instruction> body = _constructor.Body.Instructions.ToList();
        Instruction end = body[body.Count - 1];
        var code = new CodeBuilder();
        CallProbes.TestGate(code, _context, end);
        MethodCopy.PassArguments(code, _constructor);
        code.Call(MethodCopy.ReferenceFromWithin(_context.Method));
        body.InsertRange(body.Count - 1, code.Instructions);
        BodyReplacement.Replace(_constructor, body, [], []);
    }
}
