using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Format;
using ObjWatch.Values;
using ObjWatch.Values.Writing;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Records the calls that need more than the usual: something in them is redacted, wrapped, limited, or nothing but their stores
/// is wanted.</summary>
/// <remarks>
/// While such a call hands over its values, <see cref="RecordBuffer.RecordEnd"/> is null: to the usual probes the record seems full, and so
/// they come here without having looked for it.
/// </remarks>
internal static unsafe class FilteredCalls
{
    /// <summary>As <see cref="CallRecords.Enter"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ThreadRecorder? Enter(ThreadRecorder recorder, int site, SiteFlag flags)
    {
        SiteFlag admitted = Admit(recorder, site, flags);
        if (admitted == SiteFlag.Off)
            return null;
        if ((admitted & SiteFlag.Silent) != 0)
            return EnterSilently(recorder);
        return CallRecords.OpenRun(recorder, site) && Begin(recorder, site, flags) ? recorder : null;
    }

    /// <summary>Enters a call of which nothing is recorded but the stores in it.</summary>
    public static ThreadRecorder EnterSilently(ThreadRecorder recorder)
    {
        (recorder.Filtered ??= new FilteredCall()).Plan = null;
        recorder.Busy = true;
        recorder.RecordEnd = null;
        return recorder;
    }

    /// <summary>What is to be done with one call at a site; <see cref="SiteFlag.Off"/>: nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static SiteFlag Admit(ThreadRecorder recorder, int site, SiteFlag flags)
    {
        if (flags == SiteFlag.Off || (flags & SiteFlag.Silent) != 0)
            return flags;
        TracedProcess.This.Assemblies.Find(site, out WovenAssembly? assembly, out SitePolicy? policy);
        if (assembly == null || policy == null)
            return SiteFlag.Off;
        if ((flags & SiteFlag.DepthLimited) != 0 && recorder.FrameCount - recorder.DepthBase >= policy.MaximumDepth)
            return SiteFlag.Off;
        // The stores in a call that the limit leaves out are other places, with limits of their own.
        return (flags & SiteFlag.Limited) == 0 || assembly.Take(site, policy.EventLimit) ? flags : flags | SiteFlag.Silent;
    }

    /// <summary>The run record is open: what follows comes here.</summary>
    /// <returns>Whether the call can be recorded.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Begin(ThreadRecorder recorder, int site, SiteFlag flags)
    {
        if ((flags & (SiteFlag.Redacted | SiteFlag.Wrapped)) == 0)
            return true;
        TracedProcess.This.Assemblies.Find(site, out WovenAssembly? assembly, out SitePolicy? policy);
        if (assembly == null || policy == null)
        {
            recorder.Rewind(recorder.RecordStart);
            recorder.Busy = false;
            return false;
        }

        FilteredCall call = recorder.Filtered ??= new FilteredCall();
        call.Plan = assembly.PlanOf(site, policy);
        call.Values = 0;
        call.Arguments.Clear();
        call.RecordEnd = recorder.RecordEnd;
        recorder.RecordEnd = null;
        return true;
    }

    /// <summary>Hands over a value of the call that is being entered.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Argument<T>(ThreadRecorder recorder, T value)
    {
        if (Next(recorder) is not { } call)
            return;
        int index = call.Values++;
        recorder.RecordEnd = call.RecordEnd;
        if (IsRedacted(call.Plan!, index))
        {
            ValueWriter.WriteTag(recorder, ValueTag.Redacted);
            Remember(call, index, Placeholder.Redacted);
        }
        else
        {
            ValueWriter.WriteGuarded(recorder, value);
            if (call.Plan!.Policy.Texts != null)
                Remember(call, index, value);
        }

        // The record may have moved.
        call.RecordEnd = recorder.RecordEnd;
        recorder.RecordEnd = null;
    }

    /// <summary>As <see cref="Argument{T}"/>, for a value that cannot be captured.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void ArgumentOpaque(ThreadRecorder recorder)
    {
        if (Next(recorder) is not { } call)
            return;
        int index = call.Values++;
        recorder.RecordEnd = call.RecordEnd;
        ValueWriter.WriteOpaque(recorder);
        call.RecordEnd = recorder.RecordEnd;
        recorder.RecordEnd = null;
        if (call.Plan!.Policy.Texts != null && index < call.Plan.Types.Length)
            Remember(call, index, new Placeholder(call.Plan.Types[index]));
    }

    /// <summary>As <see cref="Begin"/>, for a constructor, whose <c>this</c> has been written but may not be looked at.</summary>
    /// <param name="recorder">The thread's recorder.</param>
    /// <param name="site">The constructor's site.</param>
    /// <param name="flags">What is asked for at the site.</param>
    /// <param name="number">The object's number, or 0.</param>
    /// <param name="outermost">The site of the constructor whose type names the object.</param>
    public static bool BeginConstructor(ThreadRecorder recorder, int site, SiteFlag flags, long number, int outermost)
    {
        if (!Begin(recorder, site, flags))
            return false;
        if (recorder.RecordEnd == null && Next(recorder) is { } call)
        {
            string type = (PlanOf(outermost) ?? call.Plan!).Types[0];
            Remember(call, call.Values++, new Placeholder(number == 0 ? type : type + "#" + number.ToString(CultureInfo.InvariantCulture)));
        }

        return true;
    }

    /// <summary>Completes the run record.</summary>
    /// <returns>The call's token.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Entered(ThreadRecorder recorder)
    {
        FilteredCall call = recorder.Filtered!;
        if (call.Plan is not { } plan)
        {
            recorder.Busy = false;
            return call.Push(recorder.FrameCount == 0 ? 0 : recorder.Line, recorder.FrameCount);
        }

        recorder.RecordEnd = call.RecordEnd;
        if (plan.Policy.Texts is { } texts)
        {
            string? text = texts.Call(plan.Name, call.Arguments.ToArray());
            call.Arguments.Clear();
            if (text != null)
            {
                recorder.Rewind(recorder.FirstValue);
                ValueWriter.WriteWrapperText(recorder, text);
            }
        }

        CallRecords.CommitRun(recorder);
        recorder.Busy = false;
        int frame = recorder.FrameCount++;
        return plan.HasFilteredEnd ? FrameToken.Filtered | frame : frame;
    }

    /// <summary>Whether the call that is being entered is silent.</summary>
    public static bool IsSilent(ThreadRecorder recorder) => recorder.RecordEnd == null && recorder.Filtered is { Plan: null };

    /// <summary>The token of a call that goes on in the innermost frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Resumed(ThreadRecorder recorder)
    {
        if (recorder.Busy)
            return Entered(recorder);
        int frame = recorder.FrameCount - 1;
        return PlanOf(recorder.Frames[frame].Site) is { HasFilteredEnd: false } ? frame : FrameToken.Filtered | frame;
    }

    /// <summary>Writes a value that a filtered call gives away before it ends.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteYielded<T>(ThreadRecorder recorder, int site, T value) => WriteResult(recorder, PlanOf(site), value, null);

    /// <summary>Ends a filtered call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void End<T>(ThreadRecorder recorder, int token, T result, ValueTag? instead)
    {
        if (token >= FrameToken.Silent)
        {
            LeaveSilently(recorder, token, null);
            return;
        }

        int frame = FrameToken.NumberOf(token);
        int site = frame < recorder.FrameCount ? recorder.Frames[frame].Site : 0;
        if (!CallRecords.BeginEnd(recorder, frame, RecordKind.End))
            return;
        recorder.Busy = true;
        WriteResult(recorder, PlanOf(site), result, instead);
        recorder.Commit();
        recorder.Busy = false;
    }

    /// <summary>A silent call is left: its caller's line is the current one again, and what it called without coming back is
    /// closed.</summary>
    public static void LeaveSilently(ThreadRecorder recorder, int token, object? exception)
    {
        if (recorder.Filtered is not { } call || !call.TryClose(token, out SilentFrame silent))
            return;
        CallRecords.CloseAbove(recorder, silent.Frames - 1, exception);
        recorder.Line = silent.CallerLine;
    }

    /// <summary>The number of the innermost frame that was open when a call began, its own if it has one.</summary>
    public static int FrameOf(ThreadRecorder recorder, int token)
    {
        if (token < FrameToken.Silent)
            return FrameToken.NumberOf(token);
        return recorder.Filtered is { } call && call.TryFind(token, out SilentFrame silent) ? silent.Frames - 1 : int.MaxValue;
    }

    private static CallPlan? PlanOf(int site)
    {
        TracedProcess.This.Assemblies.Find(site, out WovenAssembly? assembly, out SitePolicy? policy);
        return policy == null ? null : assembly?.PlanOf(site, policy);
    }

    private static void WriteResult<T>(ThreadRecorder recorder, CallPlan? plan, T result, ValueTag? instead)
    {
        // Without its plan, because the session has changed, nobody knows whether the result may be shown.
        bool redacted = instead != ValueTag.Void && (plan == null || plan.RedactedResult);
        if (plan?.Policy.Texts is { } texts)
        {
            object? shown = redacted ? Placeholder.Redacted
                : instead == ValueTag.Void ? Placeholder.Void
                : instead == ValueTag.Opaque ? Placeholder.Opaque
                : result;
            if (texts.Return(plan.Name, shown) is { } text)
            {
                ValueWriter.WriteWrapperText(recorder, text);
                return;
            }
        }

        if (redacted)
            ValueWriter.WriteTag(recorder, ValueTag.Redacted);
        else if (instead is { } tag)
            ValueWriter.WriteTag(recorder, tag);
        else
            ValueWriter.WriteGuarded(recorder, result);
    }

    /// <summary>The call that takes the next value; null for a silent one.</summary>
    private static FilteredCall? Next(ThreadRecorder recorder) => recorder.Filtered is { Plan: not null } call ? call : null;

    private static bool IsRedacted(CallPlan plan, int index) => index >= plan.Redacted.Length || plan.Redacted[index];

    private static void Remember(FilteredCall call, int index, object? value)
    {
        if (call.Plan!.Policy.Texts == null || index >= call.Plan.Values.Length)
            return;
        call.Arguments.Add(new KeyValuePair<string, object?>(call.Plan.Values[index], value));
    }
}
