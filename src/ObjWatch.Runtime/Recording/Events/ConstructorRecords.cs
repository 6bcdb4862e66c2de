using System.Runtime.CompilerServices;
using ObjWatch.Recording.Guarding;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Objects;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Writes the Run records of constructors, whose <c>this</c> may not be looked at before the base constructor has run.</summary>
internal static unsafe class ConstructorRecords
{
    public static ThreadRecorder? Enter(int site, bool reserve)
    {
        ThreadRecorder? recorder = ThreadRecorder.ForEvents();
        if (recorder == null)
            return null;
        SiteFlag flags = SiteFlags.Of(site);
        if (flags != SiteFlag.On && (flags = FilteredCalls.Admit(recorder, site, flags)) == SiteFlag.Off)
            return null;
        if ((flags & SiteFlag.Silent) != 0)
            return FilteredCalls.EnterSilently(recorder);
        long number = 0;
        int outermost = site;
        ref ChainedConstructor chained = ref recorder.Chained;
        if (chained.Site == site && chained.Frame == recorder.FrameCount - 1 && chained.Events == recorder.Events)
        {
            number = recorder.Frames[chained.Frame].ReservedNumber;
            outermost = recorder.Frames[chained.Frame].OutermostSite;
        }

        chained.Site = 0;
        if (number == 0 && reserve)
            number = ObjectTable.NextNumber();
        if (!CallRecords.OpenRun(recorder, site))
            return null;
        ref Frame frame = ref recorder.Frames[recorder.FrameCount];
        frame.ReservedNumber = number;
        frame.OutermostSite = outermost;
        byte* cursor = recorder.Cursor;
        *cursor = (byte)ValueTag.UnderConstruction;
        Unsafe.WriteUnaligned(cursor + 1, number);
        Unsafe.WriteUnaligned(cursor + 9, outermost);
        recorder.Cursor = cursor + 13;
        return flags == SiteFlag.On || FilteredCalls.BeginConstructor(recorder, site, flags, number, outermost) ? recorder : null;
    }

    public static void Chain(ThreadRecorder recorder, int frame, int site)
    {
        if (frame >= FrameToken.Silent)
            return;
        frame = FrameToken.NumberOf(frame);
        if (frame == recorder.FrameCount - 1)
            recorder.Chained = new ChainedConstructor { Site = site, Frame = frame, Events = recorder.Events };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Constructed(ThreadRecorder recorder, int frame, object instance)
    {
        recorder.Chained.Site = 0;
        if (frame >= FrameToken.Silent || (frame = FrameToken.NumberOf(frame)) >= recorder.FrameCount || instance == null)
            return;
        long number = recorder.Frames[frame].ReservedNumber;
        if (number != 0)
            ProbeGuard.Run(recorder, new Binding(instance, number), false);
    }

    /// <summary>Gives an object its number.</summary>
    private readonly struct Binding(object instance, long number) : IGuardedWork<bool>
    {
        public bool Do(ThreadRecorder recorder)
        {
            recorder.Identities.Bind(instance, number);
            return true;
        }
    }
}
