using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;

namespace ObjWatch.Weaver.Verifying;

/// <summary>
/// Checks every body that calls the runtime before anything is written: a mistake of the weaver is to be an error of the build, not an
/// InvalidProgramException in somebody's program.
/// </summary>
internal sealed class BodyVerifier
{
    private const string Probe = "ObjWatch.Probe";

    private readonly DiagnosticSink _sink;

    public BodyVerifier(DiagnosticSink sink) => _sink = sink;

    /// <summary>Checks the woven bodies of an assembly; each that is not sound is an error.</summary>
    public void Verify(LoadedAssembly assembly)
    {
        foreach (TypeDefinition type in assembly.Module.GetTypes())
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody && IsWoven(method.Body)))
            {
                if (StackWalk.FindFault(method) is { } fault)
                    _sink.Add(Codes.UnsoundBody.About(assembly.Path, method.FullName, fault));
            }
        }
    }

    private static bool IsWoven(MethodBody body)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (instruction.Operand is MemberReference { DeclaringType: { } type } && type.FullName == Probe)
                return true;
        }

        return false;
    }
}
