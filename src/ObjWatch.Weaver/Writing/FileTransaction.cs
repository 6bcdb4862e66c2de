using System;
using System.Collections.Generic;
using System.IO;

namespace ObjWatch.Weaver.Writing;

/// <summary>
/// Replaces several files together. Each is written beside its target first; only when all of them are on the disk do they move over their
/// targets, in the order staged. A failure on the way puts everything back.
/// </summary>
internal sealed class FileTransaction : IDisposable
{
    private readonly List<StagedFile> _files = new();
    private int _moved;

    /// <summary>Writes a file beside its target.</summary>
    /// <param name="target">Where it goes in the end.</param>
    /// <param name="model">An existing file whose mode it takes.</param>
    /// <param name="content">What it holds.</param>
    public void Stage(string target, string model, MemoryStream content)
    {
        string unique = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        var file = new StagedFile(target, unique + ".new", unique + ".old");
        _files.Add(file);

        // A copy brings the mode of the model with it, for which there is no API here.
        File.Copy(model, file.New);
        FileAttributes attributes = File.GetAttributes(file.New);
        bool isReadOnly = (attributes & FileAttributes.ReadOnly) != 0;
        if (isReadOnly)
            File.SetAttributes(file.New, attributes & ~FileAttributes.ReadOnly);
        using (var stream = new FileStream(file.New, FileMode.Truncate, FileAccess.Write, FileShare.None))
        {
            content.WriteTo(stream);
            stream.Flush(flushToDisk: true);
        }

        if (isReadOnly)
            File.SetAttributes(file.New, attributes);
    }

    /// <summary>Moves every file over its target.</summary>
    public void Commit()
    {
        foreach (StagedFile file in _files)
        {
            if (File.Exists(file.Target))
                File.Replace(file.New, file.Target, file.Old, ignoreMetadataErrors: true);
            else
                File.Move(file.New, file.Target);
            _moved++;
        }

        _moved = 0;
        foreach (StagedFile file in _files)
            File.Delete(file.Old);
        _files.Clear();
    }

    /// <summary>Puts back what a failed <see cref="Commit"/> had moved, and removes what was staged.</summary>
    public void Dispose()
    {
        for (int i = 0; i < _files.Count; i++)
        {
            StagedFile file = _files[i];
            if (i < _moved)
                PutBack(file);
            else if (File.Exists(file.Old) && !File.Exists(file.Target))
                File.Move(file.Old, file.Target);
            File.Delete(file.New);
            File.Delete(file.Old);
        }

        _files.Clear();
    }

    private static void PutBack(StagedFile file)
    {
        if (File.Exists(file.Old))
            File.Replace(file.Old, file.Target, null, ignoreMetadataErrors: true);
        else
            File.Delete(file.Target);
    }

    private readonly record struct StagedFile(string Target, string New, string Old);
}
