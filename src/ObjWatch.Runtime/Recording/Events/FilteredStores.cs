using System.Runtime.CompilerServices;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Format;
using ObjWatch.Values;
using ObjWatch.Values.Writing;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Records the stores that need more than the usual: limited, redacted, wrapped.</summary>
internal static class FilteredStores
{
    /// <summary>Whether an event at the site is recorded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Admits(int site, SiteFlag flags)
    {
        if (flags == SiteFlag.Off)
            return false;
        if ((flags & SiteFlag.Limited) == 0)
            return true;
        TracedProcess.This.Assemblies.Find(site, out WovenAssembly? assembly, out SitePolicy? policy);
        return assembly != null && policy != null && assembly.Take(site, policy.EventLimit);
    }

    /// <summary>Writes the old and the new value.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteValues<T>(ThreadRecorder recorder, SiteFlag flags, T oldValue, T newValue)
    {
        bool redacted = (flags & SiteFlag.Redacted) != 0;
        (string? before, string? after) = (null, null);
        if ((flags & SiteFlag.Wrapped) != 0 && TracedProcess.This.Assemblies.Policy?.Texts is { } texts)
        {
            (before, after) = redacted
                ? texts.Update(Placeholder.Redacted, Placeholder.Redacted)
                : texts.Update(oldValue, newValue);
        }

        Write(recorder, redacted, oldValue, before);
        Write(recorder, redacted, newValue, after);
    }

    private static void Write<T>(ThreadRecorder recorder, bool redacted, T value, string? text)
    {
        if (text != null)
            ValueWriter.WriteWrapperText(recorder, text);
        else if (redacted)
            ValueWriter.WriteTag(recorder, ValueTag.Redacted);
        else
            ValueWriter.WriteGuarded(recorder, value);
    }
}
