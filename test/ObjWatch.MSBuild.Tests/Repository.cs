using System.IO;
using System.Linq;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests;

/// <summary>The repository that the tests lie in.</summary>
internal static class Repository
{
    /// <summary>Its root folder.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !folder.EnumerateFiles("ObjWatch.sln").Any())
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not lie in the repository.");
    }
}
