using System;
using System.ComponentModel;
using System.IO;

namespace ObjWatch.Trace.Files;

/// <summary>Another process is writing the file.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FileInUseException : IOException
{
    internal FileInUseException(string path, Exception cause)
        : base($"another process is writing {path}", cause)
    {
    }
}
