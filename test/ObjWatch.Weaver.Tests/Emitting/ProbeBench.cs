using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Emitting;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Tests.Emitting;

/// <summary>Compiles a few lines of C# and writes the copy of one of their methods with one kind of probe alone.</summary>
internal sealed class ProbeBench : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ReferenceResolver _references;
    private readonly LoadedAssembly _assembly;
    private readonly ModuleDefinition _runtime;
    private readonly DiagnosticSink _sink = new();
    private readonly WeaveRequest _request;
    private SiteTable _sites = new();

    public ProbeBench(string source, bool optimize)
    {
        CompiledProgram program = Compiler.Compile("Subject", source, optimize, _directory.Path);
        _request = new WeaveRequest
        {
            AssemblyPath = program.AssemblyPath,
            RuntimePath = RuntimeLibraries.Paths[0],
            References = Framework.ReferenceAssemblies(),
            Locals = true,
        };
        _references = new ReferenceResolver(program.AssemblyPath, _request.References, _sink);
        var loader = new AssemblyLoader(_references, _sink);
        _assembly = loader.Load(program.AssemblyPath, _sink)!;
        _references.Add(_assembly.Module.Assembly);
        _runtime = loader.LoadRuntime(_request.RuntimePath)!;
    }

    /// <summary>The module as it has been read.</summary>
    public ModuleDefinition Module => _assembly.Module;

    /// <summary>The plan of the assembly, with all probes.</summary>
    public AssemblyPlan Plan(WeaveRequest? request = null)
    {
        request ??= _request;
        Selection selection = Selection.Create(_assembly, request, _sink)!;
        return new AssemblyPlanner(_assembly, selection, request, ProbeList.InOrder, new Obstacles(), _references.Missing, _sink).Plan();
    }

    /// <summary>The request as it is, to be changed.</summary>
    public WeaveRequest Request => _request;

    /// <summary>Writes the copy of a method with some kinds of probes.</summary>
    /// <param name="method">Its name, behind that of its type if that is not the first.</param>
    /// <param name="kinds">The kinds, which have to concern the method.</param>
    /// <returns>What the copy does with fields and which methods it calls; a probe with the member that its site is of: <c>Probe.Update
    /// count</c>.</returns>
    public string[] Copy(string method, params ProbeKind[] kinds)
    {
        AssemblyPlan assembly = Plan();
        MethodPlan plan = assembly.Methods.Single(candidate => Name(candidate.Method) == method);
        Assert.That(kinds.Intersect(plan.Probes), Is.Not.Empty);
        RuntimeReferences runtime = RuntimeReferences.Import(Module, _runtime);
        var sites = new SiteTableBuilder(assembly.Members.Numbers);
        Registration registration = Registration.Prepare(Module, runtime);
        var module = new ModuleContext(Module, runtime, sites, assembly.Members, assembly.Shapes, assembly.Escaped, registration, _request);
        MethodPlan alone = plan with { Probes = [.. kinds.Intersect(plan.Probes)], Placement = BodyPlacement.SameMethod };
        int number = sites.AddMethod(alone.InSource, MethodFlags.None);
        var site = new MethodSite(number, sites.AddSite(SiteKind.Method, number, -1, 0));
        MethodContext context = MethodContext.Begin(module, alone, alone.Method, Machine(alone, runtime, site), site);
        context.Frame = context.Locals.New(Module.TypeSystem.Int32);
        ConstructorChain? chain = alone.IsClassConstructor ? ConstructorChain.Find(alone.Method) : null;
        TracedCopy.Write(BodyContext.Of(context, chain, chainedSite: null));
        _sites = sites.Complete();
        return [.. Describe(context.Code.Instructions, registration.First)];
    }

    public void Dispose()
    {
        _assembly.Dispose();
        _runtime.Dispose();
        _references.Dispose();
        _directory.Dispose();
    }

    private static TracedMachine? Machine(MethodPlan plan, RuntimeReferences runtime, MethodSite site)
    {
        if (plan.Machine == null)
            return null;
        var frame = new FieldDefinition("frame", FieldAttributes.Assembly, runtime.StateMachineFrame);
        plan.Machine.Type.Fields.Add(frame);
        return new TracedMachine(plan.Machine, frame, site, isLeft: false);
    }

    private static string Name(MethodDefinition method) =>
        method.DeclaringType.Name == "Subject" ? method.Name : method.DeclaringType.Name + "." + method.Name;

    private IEnumerable<string> Describe(List<Instruction> code, FieldReference first)
    {
        string? member = null;
        for (int i = 0; i < code.Count; i++)
        {
            switch (code[i].Operand)
            {
                case FieldReference field when field == first:
                    member ??= Member(code[i + 1]);
                    break;
                case FieldReference field when field.Name != "Line":
                    yield return code[i].OpCode.Name + " " + field.Name;
                    break;
                case MethodReference { DeclaringType.FullName: "ObjWatch.Woven.Probe" } probe:
                    yield return "Probe." + probe.Name + (member == null ? "" : " " + member);
                    member = null;
                    break;
                case MethodReference method:
                    yield return method.Name;
                    break;
                default:
                    if (code[i].OpCode.OpCodeType == OpCodeType.Prefix)
                        yield return code[i].OpCode.Name;
                    break;
            }
        }
    }

    private string? Member(Instruction load)
    {
        int site = load.OpCode.Code switch
        {
            >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => load.OpCode.Code - Code.Ldc_I4_0,
            Code.Ldc_I4_S => (sbyte)load.Operand,
            _ => (int)load.Operand,
        };
        int member = _sites.Sites[site].Member;
        string? name = member < 0 ? null : _sites.Members[member].Name;
        return name?[(name.LastIndexOf('.') + 1)..];
    }
}
