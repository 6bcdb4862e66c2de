using Mono.Cecil;

namespace ObjWatch.Weaver.Verifying;

/// <summary>A method that must not be written as it has been woven.</summary>
/// <param name="Method">The method of the assembly.</param>
/// <param name="Fault">What is wrong with it.</param>
internal sealed record UnsoundBody(MethodDefinition Method, string Fault);
