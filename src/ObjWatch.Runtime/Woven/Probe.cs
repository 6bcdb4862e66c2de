using System;
using System.ComponentModel;
using ObjWatch.Diagnostics;
using ObjWatch.Recording;
using ObjWatch.Recording.Events;
using ObjWatch.Sessions;
using ObjWatch.Trace.Format;

namespace ObjWatch.Woven;

/// <summary>What woven code calls. Not meant to be called by hand: use <see cref="Tracer"/>.</summary>
/// <remarks>
/// The order of calls in a traced method is: <see cref="Enter"/> (or <see cref="EnterConstructor"/>), one Argument call for
/// <c>this</c> and each parameter, <see cref="Entered"/>, any number of events, then exactly one of the End family. No member ever throws.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Probe
{
    /// <summary>Registers a woven assembly (called once by its module initializer) and starts tracing unless it is switched off.</summary>
    /// <typeparam name="TAnchor">Any type of the woven assembly. (A type argument, and <see cref="object"/> for exceptions below:
    /// signatures without a type of the core library need no reference to one, and so woven code can never gain a reference to another
    /// framework's.)</typeparam>
    /// <param name="contract">The <see cref="WovenContract.Version"/> of the weaver.</param>
    /// <param name="siteCount">How many probe sites it has.</param>
    /// <returns>The number of its first site; 0 where the assembly must not trace, because this library has another contract.</returns>
    public static int Register<TAnchor>(int contract, int siteCount)
    {
        if (contract == WovenContract.Version)
        {
            return SessionControl.OfProcess.Register(
                static () => typeof(TAnchor).Assembly.GetManifestResourceStream(SiteTable.ResourceName), siteCount);
        }

        StandardError.SayOnce(
            $"warning OBJW1108: {typeof(TAnchor).Assembly.GetName().Name} was woven for contract {contract}, but this "
            + $"ObjWatch.Runtime.dll has "
            + $"contract {WovenContract.Version}: nothing in it is recorded; weave it with the version of ObjWatch that the library is "
            + $"from");
        return 0;
    }

    /// <summary>What the methods of a woven assembly test before anything else: one byte for each of its sites, zero at a method's site
    /// while the method is not traced. Called once, right after <see cref="Register"/>.</summary>
    /// <param name="firstSite">What <see cref="Register"/> returned.</param>
    public static byte[] Gates(int firstSite) => TracedProcess.This.Assemblies.Gates(firstSite);

    /// <summary>Opens a frame and begins the run record of a method.</summary>
    /// <returns>The calling thread's recorder, or <see langword="null"/> when this invocation is not traced.</returns>
    public static ThreadRecorder? Enter(int site) => CallRecords.Enter(site);

    /// <summary>As <see cref="Enter"/>, for an instance constructor of a class; also writes its first value, <c>this</c>, which may not be
    /// touched yet.</summary>
    /// <param name="site">The constructor's site.</param>
    /// <param name="reserve">Whether the object gets its number now: only where every base up to Object is woven with it or is
    /// Object.</param>
    public static ThreadRecorder? EnterConstructor(int site, bool reserve) => ConstructorRecords.Enter(site, reserve);

    /// <summary>The calling thread's recorder, for a method that records stores but no run and end; <see langword="null"/> when not
    /// traced.</summary>
    public static ThreadRecorder? Attach() => ThreadRecorder.ForEvents();

    /// <summary>Adds a value (of a value type, or of a type parameter) to the open run record.</summary>
    public static void Argument<T>(ThreadRecorder recorder, T value) => CallRecords.Argument(recorder, value);

    /// <summary>Adds a reference to the open run record.</summary>
    public static void ArgumentReference(ThreadRecorder recorder, object? value) => CallRecords.ArgumentReference(recorder, value);

    /// <summary>Adds a value that cannot be captured to the open run record.</summary>
    public static void ArgumentOpaque(ThreadRecorder recorder) => CallRecords.ArgumentOpaque(recorder);

    /// <summary>Completes the run record.</summary>
    /// <returns>The frame, to be handed back to the End family.</returns>
    public static int Entered(ThreadRecorder recorder) => CallRecords.Entered(recorder);

    /// <summary>Says that the constructor at <paramref name="site"/>, if it is the next one entered, builds the same object as the calling
    /// one.</summary>
    public static void Chain(ThreadRecorder recorder, int frame, int site) => ConstructorRecords.Chain(recorder, frame, site);

    /// <summary>Binds the number reserved by <see cref="EnterConstructor"/>, now that the base constructor has run.</summary>
    public static void Constructed(ThreadRecorder recorder, int frame, object instance) =>
        ConstructorRecords.Constructed(recorder, frame, instance);

    /// <summary>A member of a value type (or of a type parameter) was stored.</summary>
    public static void Update<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue) =>
        StoreRecords.Update(recorder, site, owner, oldValue, newValue);

    /// <summary>A member of a reference type was stored.</summary>
    public static void UpdateReference(ThreadRecorder recorder, int site, object? owner, object? oldValue, object? newValue) =>
        StoreRecords.UpdateReference(recorder, site, owner, oldValue, newValue);

    /// <summary>As <see cref="Update{T}"/>, reported at the line of the caller of the method that holds the site (an
    /// auto-property).</summary>
    public static void UpdateProperty<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue) =>
        StoreRecords.UpdateProperty(recorder, site, owner, oldValue, newValue);

    /// <summary>As <see cref="UpdateReference"/>, reported at the caller's line.</summary>
    public static void UpdatePropertyReference(ThreadRecorder recorder, int site, object? owner, object? oldValue, object? newValue) =>
        StoreRecords.UpdatePropertyReference(recorder, site, owner, oldValue, newValue);

    /// <summary>Compares a field with what was last seen in it: somebody may store to it through its address at any time.</summary>
    /// <param name="recorder">The calling thread's recorder.</param>
    /// <param name="site">The site.</param>
    /// <param name="memberKey">Tells the member apart from the owner's others: the number of the member's first length site.</param>
    /// <param name="owner">The object.</param>
    /// <param name="value">What is in the field now.</param>
    public static void Reread<T>(ThreadRecorder recorder, int site, int memberKey, object? owner, T value) =>
        RereadRecords.Look(recorder, site, memberKey, owner, value);

    /// <summary>As <see cref="Reread{T}"/>, for a reference.</summary>
    public static void RereadReference(ThreadRecorder recorder, int site, int memberKey, object? owner, object? value) =>
        RereadRecords.Look(recorder, site, memberKey, owner, value);

    /// <summary>What such a field holds now has been reported.</summary>
    public static void Known<T>(ThreadRecorder recorder, int memberKey, object? owner, T value) =>
        RereadRecords.Know(recorder, memberKey, owner, value);

    /// <summary>As <see cref="Known{T}"/>, for a reference.</summary>
    public static void KnownReference(ThreadRecorder recorder, int memberKey, object? owner, object? value) =>
        RereadRecords.Know(recorder, memberKey, owner, value);

    /// <summary>The state of an object whose collections are watched by the calling method.</summary>
    public static ObjectState? StateOf(ThreadRecorder recorder, object instance) => LengthRecords.StateOf(recorder, instance);

    /// <summary>Compares a collection's length with the one last seen.</summary>
    /// <param name="recorder">The calling thread's recorder.</param>
    /// <param name="state">The owner's state.</param>
    /// <param name="site">The site.</param>
    /// <param name="memberKey">Tells the member apart from the owner's others: the number of the member's first length site.</param>
    /// <param name="collection">The collection, or anything else the field holds.</param>
    public static void Length(ThreadRecorder recorder, ObjectState? state, int site, int memberKey, object? collection) =>
        LengthRecords.Look(recorder, state, site, memberKey, collection);

    /// <summary>A collection has been stored in a member: its length counts from now.</summary>
    public static void LengthSeen(ThreadRecorder recorder, ObjectState? state, int memberKey, object? collection)
    {
        if (state != null && collection is not (null or string or Array))
            LengthRecords.See(recorder, state, memberKey, collection);
    }

    /// <summary>As <see cref="Length"/>, for a collection that no object owns: one in a static field or in a local variable.</summary>
    public static void CollectionLength(ThreadRecorder recorder, int site, int memberKey, object? collection) =>
        UnownedLengths.Look(recorder, site, memberKey, collection);

    /// <summary>A collection has been stored in a variable: its length counts from now.</summary>
    public static void CollectionSeen(ThreadRecorder recorder, int memberKey, object? collection) =>
        UnownedLengths.See(recorder, memberKey, collection);

    /// <summary>In a catch handler: closes the frames above <paramref name="frame"/> that ended without their own End.</summary>
    public static void Caught(ThreadRecorder recorder, int frame, object? exception) => CallRecords.Caught(recorder, frame, exception);

    /// <summary>A method that returns nothing, or nothing that can be captured, returned.</summary>
    /// <param name="recorder">The calling thread's recorder.</param>
    /// <param name="frame">What <see cref="Entered"/> returned.</param>
    /// <param name="opaque">Whether there is a result that cannot be captured.</param>
    public static void End(ThreadRecorder recorder, int frame, bool opaque) => CallRecords.End(recorder, frame, opaque);

    /// <summary>A method returned a value of a value type or of a type parameter.</summary>
    public static void EndValue<T>(ThreadRecorder recorder, int frame, T result) => CallRecords.EndValue(recorder, frame, result);

    /// <summary>A method returned a reference.</summary>
    public static void EndReference(ThreadRecorder recorder, int frame, object? result) =>
        CallRecords.EndReference(recorder, frame, result);

    /// <summary>An exception left a method.</summary>
    public static void EndException(ThreadRecorder recorder, int frame, object? exception) =>
        CallRecords.EndException(recorder, frame, exception);

    /// <summary>The method that begins a state machine is about to run it for the first time.</summary>
    /// <param name="state">What the state machine remembers.</param>
    /// <param name="recorder">The calling thread's recorder.</param>
    /// <param name="frame">The method's frame, which becomes the state machine's.</param>
    public static void Start(ref StateMachineFrame state, ThreadRecorder recorder, int frame) =>
        StateMachineRecords.Start(ref state, recorder, frame);

    /// <summary>A state machine runs, for the first time or again.</summary>
    /// <returns>The calling thread's recorder, or <see langword="null"/> when this invocation is not traced.</returns>
    public static ThreadRecorder? Resume(ref StateMachineFrame state, int site) => StateMachineRecords.Resume(ref state, site);

    /// <summary>As <see cref="Resume"/>, for an iterator; where it begins, its run record is open for its arguments.</summary>
    /// <param name="state">What the iterator remembers.</param>
    /// <param name="site">The site of its method.</param>
    /// <param name="begins">Whether it is at its start.</param>
    public static ThreadRecorder? EnterIterator(ref StateMachineFrame state, int site, bool begins) =>
        StateMachineRecords.EnterIterator(ref state, site, begins);

    /// <summary>Whether a run record waits for its arguments and <see cref="Entered"/>.</summary>
    public static bool IsEntering(ThreadRecorder recorder) => recorder.Busy;

    /// <summary>The frame of the state machine that <see cref="Resume"/> or <see cref="EnterIterator"/> has resumed.</summary>
    public static int Resumed(ThreadRecorder recorder) => StateMachineRecords.Resumed(recorder);

    /// <summary>A state machine is suspended.</summary>
    /// <param name="recorder">The calling thread's recorder.</param>
    /// <param name="frame">What <see cref="Resumed"/> or <see cref="Entered"/> returned.</param>
    /// <param name="state">What the state machine remembers.</param>
    /// <param name="opaque">Whether it gives away a value that cannot be captured.</param>
    public static void Await(ThreadRecorder recorder, int frame, ref StateMachineFrame state, bool opaque) =>
        StateMachineRecords.Await(recorder, frame, ref state, opaque);

    /// <summary>An iterator gives away a value of a value type or of a type parameter.</summary>
    public static void Yield<T>(ThreadRecorder recorder, int frame, ref StateMachineFrame state, T value) =>
        StateMachineRecords.Yield(recorder, frame, ref state, value);

    /// <summary>An iterator gives away a reference.</summary>
    public static void YieldReference(ThreadRecorder recorder, int frame, ref StateMachineFrame state, object? value) =>
        StateMachineRecords.Yield(recorder, frame, ref state, value);

    /// <summary>A state machine has ended; one of the End family has said so.</summary>
    public static void Finish(ThreadRecorder recorder, ref StateMachineFrame state) => StateMachineRecords.Finish(recorder, ref state);

    /// <summary>A method that begins or runs a state machine returns.</summary>
    public static void Leave(ThreadRecorder recorder, int frame) => StateMachineRecords.Leave(recorder, frame);

    /// <summary>As <see cref="Attach"/>, for a part of a state machine that has a method of its own, such as a finally block of an
    /// iterator.</summary>
    public static ThreadRecorder? AttachPart(ref StateMachineFrame state) =>
        state.Status is StateMachineStatus.Running or StateMachineStatus.Silent ? ThreadRecorder.ForEvents() : null;
}
