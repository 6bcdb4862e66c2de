using System;
using System.Collections.Generic;
using System.IO;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>The weavers that can be had from NuGet, and ours.</summary>
internal static class BuildWeavers
{
    private const string Everything = "<ObjWatchLocals>true</ObjWatchLocals><ObjWatchAccessors>true</ObjWatchAccessors>";
    private const string AspectInjectorVersion = "2.7.3";
    private const string FodyVersion = "6.9.3";
    private const string SharpFuzzVersion = "2.3.0";

    /// <summary>A build without any of them.</summary>
    public static BuildWeaver None { get; } = new("nothing");

    /// <summary>All, one after the other: what one of them needs first is made when it is asked for.</summary>
    /// <param name="root">The folder in which the projects lie.</param>
    public static IEnumerable<Func<BuildWeaver>> All(string root)
    {
        var packages = new Lazy<OwnPackages>(() => Pack(root));
        yield return () => None;
        yield return () => Ours("ObjWatch", packages.Value, "");
        yield return () => Ours("ObjWatch, with locals and accessors", packages.Value, Everything);
        yield return AspectInjector;
        yield return () => Fody(root);
        yield return Coverlet;
        yield return () => SharpFuzz(root);
    }

    private static BuildWeaver Ours(string name, OwnPackages packages, string properties) => new(name, "ObjWatchWeave")
    {
        Properties = "<ObjWatch>true</ObjWatch>" + properties,
        Items = $"""<PackageReference Include="ObjWatch" Version="{packages.Version}" />""",
    };

    private static OwnPackages Pack(string root)
    {
        var packages = new OwnPackages(root);
        packages.OfferTo(root);
        return packages;
    }

    // Advice before and after takes half of what advice around a call takes, and sees no exception.
    private static BuildWeaver AspectInjector() => new($"AspectInjector {AspectInjectorVersion}, before and after", "Exec")
    {
        Items = $"""<PackageReference Include="AspectInjector" Version="{AspectInjectorVersion}" />""",
        Sources = ["CallsBeforeAndAfter.cs"],
    };

    private static BuildWeaver Fody(string root) => new($"Fody {FodyVersion}, every method wrapped", "WeavingTask", "VerifyTask")
    {
        Items = $"""
            <PackageReference Include="Fody" Version="{FodyVersion}" PrivateAssets="all" />
            <WeaverFiles Include="{FodyAddIn.Build(Path.Combine(root, "AddIn"), root, FodyVersion)}" />
            """,
        Sources = ["WrappedCalls.cs"],
        Files = new Dictionary<string, string> { ["FodyWeavers.xml"] = $"<Weavers><{FodyAddIn.Name} /></Weavers>" },
    };

    // Its own targets instrument for a test run; this is the same task for a build, which must not undo it when its process ends.
    private static BuildWeaver Coverlet() => new("coverlet.msbuild 10.0.1", "InstrumentationTask")
    {
        Properties = """
            <IncludeTestAssembly>true</IncludeTestAssembly>
            <DisableManagedInstrumentationRestore>true</DisableManagedInstrumentationRestore>
            """,
        Items = """<PackageReference Include="coverlet.msbuild" Version="10.0.1" PrivateAssets="all" />""",
        Targets = """<Target Name="Instrument" AfterTargets="Build" DependsOnTargets="InstrumentModules" />""",
    };

    private static BuildWeaver SharpFuzz(string root)
    {
        string tools = Path.Combine(root, "tools");
        DotnetCommand.Run(root, root, "tool", "install", "SharpFuzz.CommandLine", "--version", SharpFuzzVersion, "--tool-path", tools);
        return new BuildWeaver($"SharpFuzz {SharpFuzzVersion}", "Exec")
        {
            Properties = "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>",
            Items = $"""<PackageReference Include="SharpFuzz" Version="{SharpFuzzVersion}" />""",
            Targets = $"""
                <Target Name="Instrument" AfterTargets="Build">
                  <Exec Command="{tools}/sharpfuzz $(TargetPath) Work" />
                </Target>
                """,
            Sources = ["SharpFuzzStart.cs"],
        };
    }
}
