using System;
using System.IO;

namespace ObjWatch.Testing;

/// <summary>The repository that the tests were built in.</summary>
public static class Repository
{
    /// <summary>Its root folder.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not lie in the repository.</exception>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder in it.</summary>
    /// <param name="parts">The names that lead there from the root.</param>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ObjWatch.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not lie in the repository.");
    }
}
