using System.IO;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>The add-in of Fody that wraps every method: those that are published for that are not to be had here.</summary>
internal static class FodyAddIn
{
    /// <summary>What the configuration of Fody calls it.</summary>
    public const string Name = "WrapEveryMethod";

    /// <summary>Compiles it.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="root">The folder in which the generated projects lie.</param>
    /// <param name="fodyVersion">For which version of Fody.</param>
    /// <returns>The path of its assembly.</returns>
    public static string Build(string folder, string root, string fodyVersion)
    {
        Directory.CreateDirectory(folder);
        File.Copy(WovenProject.SourcePath("ModuleWeaver.cs"), Path.Combine(folder, "ModuleWeaver.cs"));
        File.WriteAllText(Path.Combine(folder, Name + ".Fody.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <LangVersion>latest</LangVersion>
                <Nullable>enable</Nullable>
                <Optimize>true</Optimize>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="FodyHelpers" Version="{fodyVersion}" />
              </ItemGroup>
            </Project>
            """);
        DotnetCommand.Run(folder, root, "build", "-c", "Release", "-m:1", "-v:q", "-o", "built");
        return Path.Combine(folder, "built", Name + ".Fody.dll");
    }
}
