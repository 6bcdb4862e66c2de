using System.Runtime.CompilerServices;
using ObjWatch.Recording.Guarding;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Format;
using ObjWatch.Values;
using ObjWatch.Values.Writing;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Writes what is said of stores: Store, and Update where the values have no fixed size or there is more to say.</summary>
internal static unsafe class StoreRecords
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue)
    {
        if (Primitive.Is<T>())
        {
            if (Change.SameBits(ref oldValue, ref newValue))
                return;
            if (SiteFlags.Of(site) != SiteFlag.On)
            {
                ProbeGuard.Write<AtItsLine<T>, T>(recorder, site, owner, oldValue, newValue);
                return;
            }

            byte* start = recorder.Begin();
            if (start == null)
                return;
            var form = OwnerForm.None;
            if (owner != null)
            {
                if (!recorder.Identities.TryGet(owner, out ulong identity) || identity != recorder.Owner)
                {
                    ProbeGuard.Write<OfOther<T>, T>(recorder, site, owner, oldValue, newValue);
                    return;
                }

                form = OwnerForm.Same;
            }

            byte* end = Primitive.WritePair(start + sizeof(uint), oldValue, newValue, out ValueTag type);
            recorder.Commit(start, end, RecordHead.Of(StoreCode.Of(type, form), site));
        }
        else if (!typeof(T).IsValueType)
        {
            UpdateReference(recorder, site, owner, oldValue, newValue);
        }
        else if (Change.Happened(ref oldValue, ref newValue))
        {
            ProbeGuard.Write<AtItsLine<T>, T>(recorder, site, owner, oldValue, newValue);
        }
    }

    public static void UpdateProperty<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue)
    {
        if (!typeof(T).IsValueType)
            UpdatePropertyReference(recorder, site, owner, oldValue, newValue);
        else if (Change.Happened(ref oldValue, ref newValue))
            ProbeGuard.Write<AtCallersLine<T>, T>(recorder, site, owner, oldValue, newValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void UpdateReference(ThreadRecorder recorder, int site, object? owner, object? oldValue, object? newValue)
    {
        if (!ReferenceEquals(oldValue, newValue) && Change.OfReference(oldValue, newValue))
            ProbeGuard.Write<ReferenceAtItsLine, Reference>(recorder, site, owner, new Reference(oldValue), new Reference(newValue));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void UpdatePropertyReference(ThreadRecorder recorder, int site, object? owner, object? oldValue, object? newValue)
    {
        if (!ReferenceEquals(oldValue, newValue) && Change.OfReference(oldValue, newValue))
            ProbeGuard.Write<ReferenceAtCallersLine, Reference>(recorder, site, owner, new Reference(oldValue), new Reference(newValue));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue, bool atCallersLine)
    {
        SiteFlag flags = SiteFlags.Of(site);
        if (flags != SiteFlag.On && !FilteredStores.Admits(site, flags))
            return;
        byte* start = recorder.Begin();
        if (start == null)
            return;
        ulong identity = owner == null ? 0 : recorder.Identities.Get(owner);
        recorder.OpenChange(start, RecordKind.Update, site, identity, atCallersLine ? RecordHead.LineStated : 0);
        if (atCallersLine)
        {
            *(int*)recorder.Cursor = recorder.FrameCount == 0 ? 0 : recorder.Line;
            recorder.Cursor += sizeof(int);
        }

        if ((flags & (SiteFlag.Redacted | SiteFlag.Wrapped)) != 0)
        {
            FilteredStores.WriteValues(recorder, flags, oldValue, newValue);
        }
        else
        {
            ValueWriter.WriteGuarded(recorder, oldValue);
            ValueWriter.WriteGuarded(recorder, newValue);
        }

        recorder.Commit();
    }

    /// <summary>Writes a store of values of fixed size, to another object than the thread met last. All of it is guarded: the look for the
    /// object may wait for a lock.</summary>
    private readonly struct OfOther<T> : IGuardedStore<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue)
        {
            // There is room: it has been looked for.
            byte* start = recorder.Position;
            ulong identity = recorder.Identities.Get(owner!);
            OwnerForm form = recorder.FormOf(identity);
            byte* values = recorder.StateOwner(start + sizeof(uint), identity, form);
            byte* end = Primitive.WritePair(values, oldValue, newValue, out ValueTag type);
            recorder.Commit(start, end, RecordHead.Of(StoreCode.Of(type, form), site));
        }
    }

    /// <summary>Writes any store.</summary>
    private readonly struct AtItsLine<T> : IGuardedStore<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue) =>
            Write(recorder, site, owner, oldValue, newValue, atCallersLine: false);
    }

    /// <summary>Writes any store of a property, which stands in the trace at the line of its caller.</summary>
    private readonly struct AtCallersLine<T> : IGuardedStore<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue) =>
            Write(recorder, site, owner, oldValue, newValue, atCallersLine: true);
    }

    /// <summary>A reference as a value: what is compiled for it is for it alone, and looks nothing up of what its type may be.</summary>
    private readonly struct Reference(object? value)
    {
        public readonly object? Value = value;
    }

    /// <summary>As <see cref="AtItsLine{T}"/>.</summary>
    private readonly struct ReferenceAtItsLine : IGuardedStore<Reference>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do(ThreadRecorder recorder, int site, object? owner, Reference oldValue, Reference newValue) =>
            Write(recorder, site, owner, oldValue.Value, newValue.Value, atCallersLine: false);
    }

    /// <summary>As <see cref="AtCallersLine{T}"/>.</summary>
    private readonly struct ReferenceAtCallersLine : IGuardedStore<Reference>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Do(ThreadRecorder recorder, int site, object? owner, Reference oldValue, Reference newValue) =>
            Write(recorder, site, owner, oldValue.Value, newValue.Value, atCallersLine: true);
    }
}
