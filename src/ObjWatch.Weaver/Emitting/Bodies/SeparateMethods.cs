using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Makes the methods that hold the traced bodies of others: their signatures, names and attributes. They have no code
/// yet.</summary>
internal sealed class SeparateMethods
{
    private readonly MethodReference _compilerGenerated;
    private readonly MethodReference? _stackTraceHidden;
    private readonly TypeReference _boolean;
    private readonly TypeReference _recorder;

    /// <summary>Prepares to make them for a module.</summary>
    public SeparateMethods(ModuleDefinition module, RuntimeReferences runtime)
    {
        _recorder = runtime.ThreadRecorder;
        _boolean = module.TypeSystem.Boolean;
        _compilerGenerated = FrameworkAttributes.CompilerGenerated(module);
        _stackTraceHidden = FrameworkAttributes.StackTraceHidden(module);
    }

    /// <summary>The method that is to hold the probes of a planned one: itself, or one that is not yet among the methods of its
    /// type.</summary>
    public MethodDefinition HostOf(MethodPlan plan)
    {
        MethodDefinition method = plan.Method;
        string name = "<" + method.Name + (SharedLambdas.IsNested(method.Name) ? ">g__traced" : ">traced");
        switch (plan.Placement)
        {
            case BodyPlacement.SameMethod:
                return method;
            case BodyPlacement.ReportedAfterwards:
                return Marked(MethodCopy.Of(method, name), hidden: true); // holds none of its code
        }

        bool constructs = plan.Placement == BodyPlacement.SeparateConstructor;
        MethodDefinition separate = MethodCopy.Of(method, constructs ? method.Name : name);
        MethodCopy.CopyLocals(method, separate);
        if (constructs)
            TakesRecorder(separate);
        else
            AnswersWhetherDone(separate);
        BodyAttributes.Copy(method, separate);
        return Marked(separate, (IsOnOneLine(method) || HarmlessCode.CannotThrow(method)) && !Catches(method));
    }

    private MethodDefinition Marked(MethodDefinition separate, bool hidden)
    {
        separate.NoInlining = true;
        separate.CustomAttributes.Add(new CustomAttribute(_compilerGenerated));
        if (_stackTraceHidden != null && hidden
            && separate.CustomAttributes.All(a => a.AttributeType.Name != _stackTraceHidden.DeclaringType.Name))
            separate.CustomAttributes.Add(new CustomAttribute(_stackTraceHidden));
        return separate;
    }

    /// <summary>
    /// The separate body may find that this invocation is not traced. It says so, and the method runs the original: the result goes by
    /// reference, and what is returned is whether there is one. A reference cannot go by reference, so there it is the other way round.
    /// </summary>
    private void AnswersWhetherDone(MethodDefinition separate)
    {
        TypeReference result = TypeShapes.WithoutModifiers(separate.ReturnType);
        TypeReference answer = result.IsByReference ? _boolean : result;
        if (result.MetadataType != MetadataType.Void)
        {
            string name = result.IsByReference ? "done" : "result";
            separate.Parameters.Add(new ParameterDefinition(name, ParameterAttributes.Out, new ByReferenceType(answer)));
        }

        if (!result.IsByReference)
            separate.ReturnType = _boolean;
    }

    /// <summary>
    /// A constructor that has been entered must construct. So it is only called once there is a recorder, which also tells it apart from
    /// the others.
    /// </summary>
    private void TakesRecorder(MethodDefinition separate)
    {
        separate.IsSpecialName = true;
        separate.IsRuntimeSpecialName = true;
        separate.Parameters.Add(new ParameterDefinition(_recorder));
    }

    /// <summary>The trace of an exception that the separate body catches ends there: no other frame stands for the method.</summary>
    private static bool Catches(MethodDefinition method) =>
        method.Body.HasExceptionHandlers
        && method.Body.ExceptionHandlers.Any(h => h.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter);

    /// <summary>Whether a stack trace can name no more than one line of the method; without symbols it names none.</summary>
    private static bool IsOnOneLine(MethodDefinition method)
    {
        SequencePoint[] points = method.DebugInformation.SequencePoints.Where(p => !p.IsHidden).ToArray();
        return points.All(p => p.StartLine == points[0].StartLine && p.EndLine == points[0].StartLine);
    }
}
