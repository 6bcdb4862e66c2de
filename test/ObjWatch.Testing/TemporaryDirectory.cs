using System;
using System.IO;

namespace ObjWatch.Testing;

/// <summary>A new empty folder that goes with the test that made it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TemporaryDirectory() => Path = Directory.CreateTempSubdirectory("objwatch-").FullName;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A path in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Deletes the folder and everything in it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that is still dying may hold a file; the system clears its temporary folder.
        }
    }
}
