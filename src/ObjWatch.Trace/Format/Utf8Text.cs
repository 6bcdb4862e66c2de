using System;
using System.ComponentModel;
using System.Text;

namespace ObjWatch.Trace.Format;

/// <summary>Strings from UTF-8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Utf8Text
{
    /// <summary>The string; what is no UTF-8 is replaced.</summary>
    public static string Of(ReadOnlySpan<byte> text) =>
#if NET8_0_OR_GREATER
        Encoding.UTF8.GetString(text);
#else
        Encoding.UTF8.GetString(text.ToArray());
#endif
}
