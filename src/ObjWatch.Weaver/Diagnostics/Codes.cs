using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ObjWatch.Weaver.Verifying;
using static ObjWatch.Weaver.Diagnostics.DiagnosticSeverity;

namespace ObjWatch.Weaver.Diagnostics;

/// <summary>
/// Every diagnostic there is. docs/diagnostics.md has a section for each. The first two digits tell the step: 00 the assembly,
/// 01 references and the runtime, 02 selection, 03 weaving, 04 verifying and writing, 05 the command line, 06 the build, 09 the weaver
/// itself.
/// </summary>
public static class Codes
{
    /// <summary>There is no such file.</summary>
    public static DiagnosticDescriptor FileNotFound { get; } = new(
        "OBJW0001", Error, "No such file", "there is no such file; give the path of a .NET assembly (.dll)");

    /// <summary>The file cannot be read.</summary>
    public static DiagnosticDescriptor FileUnreadable { get; } = new(
        "OBJW0002", Error, "File cannot be read", "the file cannot be read: {0}");

    /// <summary>The file has no bytes.</summary>
    public static DiagnosticDescriptor FileEmpty { get; } = new(
        "OBJW0003", Error, "Empty file", "the file is empty; build it again");

    /// <summary>The file is something else than a PE file.</summary>
    public static DiagnosticDescriptor NotPortableExecutable { get; } = new(
        "OBJW0004", Error, "Not an assembly",
            "the file is not a .NET assembly (it has no PE header); give the .dll that the compiler wrote");

    /// <summary>The file holds machine code only.</summary>
    public static DiagnosticDescriptor NativeImage { get; } = new(
        "OBJW0005", Error, "Native library or program",
        "the file is a native library or program, not a .NET assembly; for a published program give the .dll beside it");

    /// <summary>The file ends early or its structure is broken.</summary>
    public static DiagnosticDescriptor CorruptImage { get; } = new(
        "OBJW0006", Error, "Truncated or corrupt", "the file is truncated or corrupt ({0}); build or download it again");

    /// <summary>The file was compiled ahead of time.</summary>
    public static DiagnosticDescriptor ReadyToRunImage { get; } = new(
        "OBJW0007", Error, "ReadyToRun image",
        "the assembly is a ReadyToRun image, whose precompiled code would run instead of the woven code; publish it with "
        + "PublishReadyToRun=false and weave that");

    /// <summary>The file mixes IL and machine code.</summary>
    public static DiagnosticDescriptor MixedModeImage { get; } = new(
        "OBJW0008", Error, "Mixed-mode assembly",
            "the assembly mixes IL and native code (C++/CLI), which cannot be rewritten; leave it out");

    /// <summary>The file has signatures but no code.</summary>
    public static DiagnosticDescriptor ReferenceAssembly { get; } = new(
        "OBJW0009", Error, "Reference assembly",
            "this is a reference assembly, which holds no code; give the implementation (from bin, not from obj/ref or a ref folder)");

    /// <summary>The file is a module without a manifest.</summary>
    public static DiagnosticDescriptor NotAnAssembly { get; } = new(
        "OBJW0010", Error, "Module without manifest",
            "the file is a .netmodule, not an assembly; weave the assembly that it is linked into");

    /// <summary>The file is a part of ObjWatch.</summary>
    public static DiagnosticDescriptor OwnAssembly { get; } = new(
        "OBJW0011", Error, "Part of ObjWatch", "this assembly is a part of ObjWatch, which cannot trace itself; leave it out");

    /// <summary>Nothing to do.</summary>
    public static DiagnosticDescriptor AlreadyWoven { get; } = new(
        "OBJW0012", Information, "Already woven", "the assembly is already woven with the same version and options; nothing to do");

    /// <summary>Woven code cannot be woven in another way.</summary>
    public static DiagnosticDescriptor WovenDifferently { get; } = new(
        "OBJW0013", Error, "Already woven in another way",
            "the assembly is already woven, with {0}; build it again, then weave the result");

    /// <summary>Only a rebuild changes what is embedded for the run.</summary>
    public static DiagnosticDescriptor RunOptionsDiffer { get; } = new(
        "OBJW0014", Warning, "Other run options embedded",
        "the assembly is already woven and keeps its run options ({0}); set OBJWATCH_* variables for the run, or build it again and "
        + "weave the result");

    /// <summary>Compilers and builds load the assembly.</summary>
    public static DiagnosticDescriptor LeftToBuilds { get; } = new(
        "OBJW0015", Information, "Left to builds",
        "the assembly is left as it is, because builds load it ({0}) and would not find ObjWatch.Runtime; "
        + "<ObjWatchIgnore>false</ObjWatchIgnore> weaves it all the same");

    /// <summary>There are no symbols.</summary>
    public static DiagnosticDescriptor NoSymbols { get; } = new(
        "OBJW0020", Warning, "No symbols",
            "there are no symbols ({0} does not exist), so the trace will have no line numbers; build with DebugType=portable");

    /// <summary>The symbols belong to another build.</summary>
    public static DiagnosticDescriptor SymbolsOfAnotherBuild { get; } = new(
        "OBJW0021", Warning, "Symbols of another build",
        "{0} belongs to another build of this assembly and is not used, so the trace will have no line numbers; copy the PDB that was "
        + "built with the assembly");

    /// <summary>The symbols are in the old Windows format.</summary>
    public static DiagnosticDescriptor WindowsSymbols { get; } = new(
        "OBJW0022", Warning, "Windows PDB",
        "{0} is in the old Windows format and is not used, so the trace will have no line numbers; build with DebugType=portable");

    /// <summary>The symbols cannot be read.</summary>
    public static DiagnosticDescriptor CorruptSymbols { get; } = new(
        "OBJW0023", Warning, "Symbols cannot be read", "{0} cannot be read ({1}), so the trace will have no line numbers; build again");

    /// <summary>An assembly that must be looked at is not among the references.</summary>
    public static DiagnosticDescriptor MissingReference { get; } = new(
        "OBJW0101", Error, "Missing reference",
            "{0}, which {1} references, was not found; add it to the references (objwatch-weave: --reference FILE-OR-DIRECTORY)");

    /// <summary>A reference cannot be read.</summary>
    public static DiagnosticDescriptor UnreadableReference { get; } = new(
        "OBJW0102", Error, "Reference cannot be read", "the referenced assembly cannot be read: {0}");

    /// <summary>Type forwarders lead in a circle.</summary>
    public static DiagnosticDescriptor CircularForwarder { get; } = new(
        "OBJW0103", Error, "Circular type forwarder",
            "the type forwarder of {0} leads in a circle; the references mix builds that do not belong together");

    /// <summary>The runtime library, or the part of it that reads and renders, is not where it should be.</summary>
    public static DiagnosticDescriptor RuntimeNotFound { get; } = new(
        "OBJW0110", Error, "Runtime library not found",
            "this library, which woven programs need, is not there; restore or reinstall ObjWatch");

    /// <summary>The file given as runtime library is something else.</summary>
    public static DiagnosticDescriptor NotTheRuntime { get; } = new(
        "OBJW0111", Error, "Not the runtime library",
            "this is not the runtime library: {0}; give ObjWatch.Runtime.dll of the same version as the weaver");

    /// <summary>A target does not follow the grammar.</summary>
    public static DiagnosticDescriptor MalformedTarget { get; } = new(
        "OBJW0201", Error, "Malformed target", "{0} '{1}' is malformed at column {2}: {3}");

    /// <summary>A target names nothing.</summary>
    public static DiagnosticDescriptor TargetMatchesNothing { get; } = new(
        "OBJW0202", Warning, "Target matches nothing", "{0} '{1}' matches nothing in the assembly{2}");

    /// <summary>No target names anything.</summary>
    public static DiagnosticDescriptor NoTargetMatches { get; } = new(
        "OBJW0203", Error, "No target matches", "no target matches anything in the assembly: {0}");

    /// <summary>A woven body is not sound.</summary>
    public static DiagnosticDescriptor UnsoundBody { get; } = new(
        "OBJW0401", Error, "Woven method is not sound",
        "{0} would not be sound after weaving ({1}), so nothing was written; this is a bug in ObjWatch: please report it, and exclude "
        + "the method until it is fixed");

    /// <summary>The output cannot be written.</summary>
    public static DiagnosticDescriptor CannotWrite { get; } = new(
        "OBJW0402", Error, "Cannot write", "the woven assembly cannot be written ({0}); the original is as it was");

    /// <summary>There is no such key file.</summary>
    public static DiagnosticDescriptor KeyNotUsable { get; } = new(
        "OBJW0410", Error, "Key not usable",
            "the strong-name key cannot be used: {0}; give the .snk file that the assembly was signed with");

    /// <summary>The key is another one.</summary>
    public static DiagnosticDescriptor KeyOfAnotherIdentity { get; } = new(
        "OBJW0411", Error, "Key of another identity",
        "the strong-name key {0} is not the one the assembly was signed with, so signing would change its identity; give the original "
        + "key, or none");

    /// <summary>The signature is no longer valid.</summary>
    public static DiagnosticDescriptor NotSigned { get; } = new(
        "OBJW0412", Warning, "Signature not valid",
        "the assembly was strong-name signed{0}; without its key the woven one keeps its identity but not a valid signature, which .NET "
        + "Framework may check; give the key to sign again");

    /// <summary>An Authenticode signature is gone.</summary>
    public static DiagnosticDescriptor CertificateLost { get; } = new(
        "OBJW0413", Warning, "Authenticode signature removed",
        "the assembly bore an Authenticode signature, which the woven one no longer has; sign it again, or weave before it is signed");

    /// <summary>The command line is wrong.</summary>
    public static DiagnosticDescriptor WrongUsage { get; } = new(
        "OBJW0501", Error, "Wrong usage", "{0}");

    /// <summary>The framework of a program was not found.</summary>
    public static DiagnosticDescriptor FrameworkNotFound { get; } = new(
        "OBJW0502", Error, "Framework not found",
            "{0} {1}, which the program runs on, is not installed; install it, or give its folder with --reference");

    /// <summary>A file that describes the program cannot be read.</summary>
    public static DiagnosticDescriptor UnreadableConfiguration { get; } = new(
        "OBJW0503", Error, "Program description cannot be read", "the file cannot be read: {0}; publish the program again");

    /// <summary>The runtime library cannot be put beside the program.</summary>
    public static DiagnosticDescriptor CannotDeploy { get; } = new(
        "OBJW0504", Error, "Cannot deploy the runtime library", "the runtime library cannot be put beside the program: {0}");

    /// <summary>The program's own copy of a library is older than what the runtime library was compiled against.</summary>
    public static DiagnosticDescriptor LibraryTooOld { get; } = new(
        "OBJW0506", Error, "Library too old",
        "the program has version {0} of this library, and woven it needs {1} or newer; nothing of the program's is replaced: build it "
        + "with a newer version of the package");

    /// <summary>The program has a runtime library, or a part of it, that is not the tool's.</summary>
    public static DiagnosticDescriptor AnotherRuntime { get; } = new(
        "OBJW0507", Error, "Runtime library of another version",
        "the program has version {0} of this library, and this tool weaves for {1}; use both in one version, or delete the file if the "
        + "program was not built with it");

    /// <summary>What a package depends on cannot be found out.</summary>
    public static DiagnosticDescriptor DependenciesUnknown { get; } = new(
        "OBJW0508", Error, "Dependencies of the package unknown",
        "what the package depends on cannot be found out ({0}); restore and build the project again");

    /// <summary>A default for the run is no value of its option.</summary>
    public static DiagnosticDescriptor RunOptionIgnored { get; } = new(
        "OBJW0505", Warning, "Default for the run ignored", "'{0} {1}' (in a build {2}) is ignored: the value must be {3}");

    /// <summary>A traced method's tail call is a plain call while it is traced.</summary>
    public static DiagnosticDescriptor TailCallGivenUp { get; } = new(
        "OBJW0301", Information, "Tail call given up",
        "{0} makes a tail call; while it is traced that is a plain call, so that its end can be reported (untraced, it stays a tail call)");

    /// <summary>A method holds code that the weaver does not understand.</summary>
    public static DiagnosticDescriptor MethodNotWoven { get; } = new(
        "OBJW0302", Warning, "Method left as it was",
            "{0} holds code that could not be woven ({1}); it is left as it was and makes no events");

    /// <summary>A single method needs an assembly that is not there.</summary>
    public static DiagnosticDescriptor MethodNeedsReference { get; } = new(
        "OBJW0104", Warning, "Method needs a missing reference",
        "{0} needs {1}, which was not found; it is left as it was and makes no events; add the assembly to the references "
        + "(objwatch-weave: --reference FILE-OR-DIRECTORY)");

    /// <summary>A bug in the weaver.</summary>
    public static DiagnosticDescriptor InternalError { get; } = new(
        "OBJW0900", Error, "Bug in ObjWatch",
        "ObjWatch failed with {0}; the file is as it was. This is a bug: please report this message with the assembly's name and version");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = typeof(Codes)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(DiagnosticDescriptor))
        .Select(property => (DiagnosticDescriptor)property.GetValue(null)!)
        .OrderBy(descriptor => descriptor.Code, System.StringComparer.Ordinal)
        .ToList();
}
