using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Writes the method that reports what a <see cref="SimpleConstructor"/> has stored.</summary>
internal sealed class SimpleConstructorReport
{
    private readonly MethodDefinition _constructor;
    private readonly MethodContext _context;

    private SimpleConstructorReport(MethodContext context)
    {
        _constructor = context.Original;
        _context = context;
    }

    /// <summary>Writes it, and makes the constructor call it at its end while tracing is on.</summary>
    /// <param name="context">The constructor, and as its host the empty method that is to report.</param>
    public static void Write(MethodContext context) => new SimpleConstructorReport(context).Write();

    private void Write()
    {
        CodeBuilder code = _context.Code;
        Instruction end = Instruction.Create(OpCodes.Ret);
        ConstructorChain? chain = _context.Plan.IsClassConstructor ? ConstructorChain.Find(_constructor) : null;
        CallProbes.Enter(_context, chain, end);
        if (_context.Plan.Traced)
        {
            CallProbes.Run(_context);
            if (chain != null)
                ConstructorProbe.BindNumber(_context);
        }

        foreach (Instruction store in _constructor.Body.Instructions.Where(i => i.OpCode.Code == Code.Stfld))
            Report((FieldReference)store.Operand, store.Offset);
        if (_context.Plan.Traced)
            CallProbes.End(_context, result: null);
        code.Add(end);
        BodyReplacement.Replace(_context.Host, code.Instructions, [], [], initLocals: true);
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
        _context.Line = _constructor.DebugInformation.SequencePoints.LastOrDefault(p => !p.IsHidden && p.Offset <= offset)?.StartLine
            ?? _context.Line;
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
        _constructor.DeclaringType.Methods.Add(_context.Host);
        List<Instruction> body = _constructor.Body.Instructions.ToList();
        Instruction end = body[body.Count - 1];
        var code = new CodeBuilder();
        CallProbes.TestGate(code, _context, end);
        MethodCopy.PassArguments(code, _constructor);
        code.Call(MethodCopy.ReferenceFromWithin(_context.Host));
        body.InsertRange(body.Count - 1, code.Instructions);
        BodyReplacement.Replace(_constructor, body, [], []);
    }
}
