using System;

namespace ObjWatch.Hosting;

/// <summary>
/// Programs that load somebody's output while it is built or edited, to look at it: what they run is no run of the program. Some are
/// started by the build, which takes what they write to standard error for errors (Microsoft.Extensions.ApiDescription.Server 10.0.0).
/// </summary>
internal static class DesignTimeHosts
{
    private static readonly string[] _names =
    [
        "GetDocument.Insider", // Microsoft.Extensions.ApiDescription.Server
        "ef", // dotnet-ef, and Entity Framework's commands in Visual Studio
        "dotnet-swagger", // Swashbuckle.AspNetCore.Cli
        "dotnet-nswag", "NSwag.AspNetCore.Launcher",
        "dotnet-aspnet-codegenerator-design",
    ];

    /// <summary>Whether a program is one of them.</summary>
    /// <param name="applicationName">The name of its entry assembly.</param>
    public static bool Contain(string applicationName) => Array.IndexOf(_names, applicationName) >= 0;
}
