using System;
using System.IO;

namespace ObjWatch.Benchmarks;

/// <summary>Writes bytes into new files of a folder, as <c>dd</c> does, and nothing else: what the disk takes for as much as was recorded.
/// The files stay, as a trace does, so that they reach the disk as one does.</summary>
internal sealed class PlainWrites(string folder)
{
    /// <summary>What it is called in a table.</summary>
    public const string Name = "writing as many bytes to the same disk";

    private const int BlockSize = 64 * 1024;

    private readonly byte[] _block = new byte[BlockSize];
    private int _files;

    /// <summary>Writes one file, without asking the system to bring it to the disk itself: the recorder does not ask either.</summary>
    public void Write(long bytes)
    {
        string path = Path.Combine(folder, FormattableString.Invariant($"plain{_files++}"));
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (; bytes > 0; bytes -= BlockSize)
            file.Write(_block, 0, (int)Math.Min(bytes, BlockSize));
    }
}
