using System.Collections.Generic;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Weaving;

/// <summary>What is special in the constructor of a class: before its base has run, <c>this</c> may only be stored into.</summary>
internal sealed class ConstructorProbes
{
    private readonly MethodContext _context;
    private readonly List<(int Site, TypeReference Type, VariableDefinition Stored)> _deferred = new();

    public ConstructorProbes(MethodContext context) => _context = context;

    /// <summary>Whether the object's number may be given out at entry: every constructor that runs on it is woven with this one, or is Object's.</summary>
    public static bool MayReserve(TypeDefinition type)
    {
        TypeReference? parent = type.BaseType;
        while (parent?.GetElementType() is TypeDefinition inModule)
            parent = inModule.BaseType;
        return parent == null || parent.FullName == "System.Object";
    }

    /// <summary>A store into <c>this</c>, whose value is on the stack: keeps it for <see cref="AfterChain"/>.</summary>
    public void Defer(WatchedField watched, TypeReference type)
    {
        VariableDefinition stored = _context.Locals.New(type);
        _context.Code.Emit(OpCodes.Dup);
        _context.Code.StoreLocal(stored);
        _deferred.Add((_context.AddSite(SiteKind.Store, watched.Member), type, stored));
    }

    /// <summary>Says, right before the call, that the next constructor builds the same object.</summary>
    public void BeforeChain(int? targetSite)
    {
        if (targetSite == null)
            return;
        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.LoadLocal(_context.Frame!);
        _context.Code.LoadSite(_context.Module.FirstSite, targetSite.Value);
        _context.Code.Call(_context.Module.Runtime.Method("Chain"));
    }

    /// <summary>Binds the object's number and reports the stores that came before the call.</summary>
    public void AfterChain()
    {
        CodeBuilder code = _context.Code;
        if (_context.Plan.Traced)
        {
            code.LoadLocal(_context.Recorder);
            code.LoadLocal(_context.Frame!);
            code.LoadThis();
            code.Call(_context.Module.Runtime.Method("Constructed"));
        }

        foreach ((int site, TypeReference type, VariableDefinition stored) in _deferred)
            Report(site, type, stored);
    }

    /// <summary>The field was what a new object's fields are: zero.</summary>
    private void Report(int site, TypeReference type, VariableDefinition stored)
    {
        CodeBuilder code = _context.Code;
        ValueShape shape = _context.Module.Shapes.Of(type);
        _context.LoadRecorderAndSite(site);
        code.LoadThis();
        if (shape == ValueShape.Reference)
        {
            code.Emit(OpCodes.Ldnull);
        }
        else
        {
            VariableDefinition zero = _context.Locals.Shared(type, "zero");
            code.Add(Instruction.Create(OpCodes.Ldloca, zero));
            code.Emit(OpCodes.Initobj, TypeShapes.WithoutModifiers(type));
            _context.LoadForProbe(zero, shape);
        }

        _context.LoadForProbe(stored, shape);
        _context.CallUpdate(shape, type);
    }
}
