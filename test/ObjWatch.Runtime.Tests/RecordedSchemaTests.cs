using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Reading.Tests;
using ObjWatch.Recording;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>What the recorder writes is what the schema declares, to the last byte; and the reader in Python, which knows the document
/// alone, finds in it what the product's finds.</summary>
[NonParallelizable]
public sealed class RecordedSchemaTests
{
    // More than room is ever kept ready for: without a disk the last ones are dropped.
    private const int TooMany = 1_500_000;

    private enum Colour : byte
    {
        Red,
        Green = 200,
    }

    private readonly record struct Point(int X, object? Y);

    private sealed class Other
    {
    }

    [Test]
    public void Values_of_every_kind()
    {
        SchemaParser parsed = Record(() =>
        {
            Scalars(new CallEach());
            Call.With("text");
            Call.With<object?>(null);
            Call.With(new object());
            Call.With(Colour.Green);
            Call.With(new List<object?> { 1, "two", null, new object() });
            Call.With(new Dictionary<string, Point> { ["a"] = new(1, new object()) });
            Call.With((1, "two", new Point(3, null)));
            Call.With((Func<int, int>)Math.Abs);
            Call.With(typeof(List<>));
            Opaque();
            Construct();
            new Vault().Unlock("hunter2", 4711, 3);
            Fail(new Counter());
        });
        ValueTag[] notHere = [ValueTag.WrapperText];
        Assert.That(Enum.GetValues<ValueTag>().Except(parsed.Tags).Except(notHere), Is.Empty);
    }

    [Test]
    public void Texts_of_wrappers()
    {
        SchemaParser parsed = Record(() => new Counter().Next(1), new TracerOptions { Wrapper = new Wrapper() });
        Assert.That(parsed.Tags, Does.Contain(ValueTag.WrapperText));
    }

    [Test]
    public void Stores_of_every_type_and_form_of_owner()
    {
        SchemaParser parsed = Record(() =>
        {
            // None, stated or near, same, near, and stated because it is of another type.
            var counter = new Counter();
            foreach (object? owner in new object?[] { null, counter, counter, new Counter(), new Other(), null, new Other() })
                Scalars(new StoreEach(owner));
        });
        Assert.Multiple(() =>
        {
            Assert.That(parsed.Kinds[RecordKind.Store], Is.EqualTo(7 * StoreEach.Types));
            Assert.That(parsed.Tags,
                Is.SupersetOf(new[]
                    { StoreCode.Int32In16Bits, StoreCode.Int64In32Bits, StoreCode.Int64In16Bits, ValueTag.Int32, ValueTag.Int64 }));
        });
    }

    [Test]
    public void Lengths_and_properties_and_deep_calls()
    {
        SchemaParser parsed = Record(() =>
        {
            var counter = new Counter();
            for (int i = 0; i < 500; i++)
            {
                counter.Next(i, () => counter.Items.Add(1));
                counter.Next(i, () => counter.Items.Clear());
                counter.Size = i;
                // Other threads' objects come between.
                new Counter().Size = i;
            }

            Deep(counter, 300);
        });
        Assert.Multiple(() =>
        {
            Assert.That(parsed.Kinds[RecordKind.Length], Is.GreaterThan(900));
            Assert.That(parsed.Kinds[RecordKind.Safepoint], Is.GreaterThan(5));
        });
    }

    [Test]
    public void Records_that_move_to_the_next_chunk()
    {
        SchemaParser parsed = Record(() =>
        {
            ThreadRecorder recorder = Probe.Attach()!;
            object[] owners = [new Counter(), new Counter(), new Other()];
            string[][] texts = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Repeat(new string('x', 100 + i), 3).ToArray())];
            for (int i = 0; i < 1_000; i++)
            {
                Probe.UpdateReference(recorder, WovenSites.Anything, owners[i % 3], texts[i % 3], owners[i / 2 % 3]);
                Call.With(i % 7 == 0 ? owners[i % 3] : texts[i % 2]);
            }
        });
        Assert.That(parsed.Kinds[RecordKind.EndOfChunk], Is.GreaterThan(5));
    }

    [TestCase(100)]
    [TestCase(600)]
    public void Calls_with_more_arguments_than_a_record_holds(int arguments)
    {
        SchemaParser parsed = Record(
            () =>
            {
                for (int call = 0; call < 50; call++)
                {
                    ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
                    for (int i = 0; i < arguments; i++)
                        Probe.Argument(recorder, Guid.Empty);
                    Probe.End(recorder, Probe.Entered(recorder), opaque: false);
                }
            },
            python: false);
        Assert.That(parsed.Kinds[RecordKind.Run], Is.EqualTo(50));
    }

    [Test]
    public void State_machines_on_several_threads()
    {
        SchemaParser parsed = Record(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                StateMachineFrame state = default;
                ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
                Probe.Argument(recorder, i);
                Probe.Start(ref state, recorder, Probe.Entered(recorder));
                recorder = Probe.Resume(ref state, WovenSites.Take)!;
                recorder.Line = i;
                Probe.Await(recorder, Probe.Resumed(recorder), ref state, opaque: false);
                InThread(() =>
                {
                    ThreadRecorder other = Probe.Resume(ref state, WovenSites.Take)!;
                    other.Line = 100_000;
                    Probe.Yield(other, Probe.Resumed(other), ref state, 5);
                    other = Probe.Resume(ref state, WovenSites.Take)!;
                    Probe.EndValue(other, Probe.Resumed(other), 7);
                    Probe.Finish(other, ref state);
                });
            }
        });
        Assert.Multiple(() =>
        {
            Assert.That(parsed.Kinds[RecordKind.Await], Is.EqualTo(100));
            Assert.That(parsed.Kinds[RecordKind.Resume], Is.EqualTo(100));
            Assert.That(parsed.Kinds[RecordKind.OtherThread], Is.GreaterThan(40));
        });
    }

    [Test]
    public void A_rank_and_its_decision()
    {
        bool initialized = false;
        var options = new TracerOptions
            { Ranks = "3", RankProvider = new DelegateRankProvider("test", () => Volatile.Read(ref initialized), () => 3, () => 4) };
        SchemaParser parsed = Record(
            () =>
            {
                var counter = new Counter();
                for (int i = 0; i < 10_000; i++)
                {
                    counter.Next(i, i == 5_000 ? () => Volatile.Write(ref initialized, true) : null);
                    if (i == 7_000)
                        InThread(() => counter.Next(1));
                }
            },
            options);
        Assert.That(parsed.Kinds[RecordKind.Rank], Is.GreaterThan(2));
    }

    [Test]
    public void What_was_dropped()
    {
        SchemaParser parsed = Record(
            () =>
            {
                var counter = new Counter();
                counter.Size = -1;
                lock (TracedProcess.This.Current!.Trace.Preparing)
                {
                    for (int i = 0; i < TooMany; i++)
                        counter.Size = i;
                }

                // While the disk answers, the thread finds a chunk sooner or later.
                for (int i = 0; ThreadRecorder.Current!.Dropped == 0; i++)
                    counter.Size = i;
                counter.Next(1);
            },
            new TracerOptions { WhenFull = "drop" },
            python: false);
        Assert.That(parsed.Kinds[RecordKind.EventsLost], Is.Positive);
    }

    [Test]
    public void A_ring_that_has_turned()
    {
        SchemaParser parsed = Record(
            () =>
            {
                var counter = new Counter();
                for (int i = 0; i < 400_000; i++)
                    counter.Size = i;
            },
            new TracerOptions { WhenFull = "ring:1" },
            python: false);
        Assert.That(parsed.Kinds[RecordKind.Update], Is.InRange(1, 399_999));
    }

    [Test]
    public unsafe void A_thread_of_an_earlier_session_that_takes_over_a_full_chunk()
    {
        // This thread has had chunks before.
        Record(
            () =>
            {
                var counter = new Counter();
                for (int i = 0; i < 10_000; i++)
                    counter.Size = i;
            },
            python: false);
        SchemaParser parsed = Record(() =>
        {
            InThread(() =>
            {
                // Up to where no further record may begin.
                const int Room = 324, Most = 10_000;
                var counter = new Counter();
                counter.Size = -1;
                for (int i = 0; i < Most && ThreadRecorder.Current!.ChunkEnd - ThreadRecorder.Current!.Position >= Room; i++)
                    counter.Size = i;
            });
            new Counter().Next(2);
        });
        Assert.That(parsed.Kinds[RecordKind.EndOfChunk], Is.EqualTo(2), "of the definitions, and of the chunk that was full");
    }

    private static SchemaParser Record(Action action, TracerOptions? options = null, bool python = true)
    {
        using var recording = new Recording(options);
        action();
        recording.Dispose(deleteFiles: false);
        string trace = Directory.GetFiles(recording.Directory, "run*.objtrace").Single();
        SchemaParser parsed = SchemaParser.Read(trace);
        if (python)
            PythonComparison.AssertSame(trace);
        return parsed;
    }

    private static void InThread(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        thread.Join();
    }

    private static void Deep(Counter counter, int depth)
    {
        if (depth > 0)
            counter.Next(depth, () => Deep(counter, depth - 1));
    }

    private static void Fail(Counter counter) =>
        Assert.That(() => counter.Next(1, () => throw new InvalidOperationException("no more")), Throws.InvalidOperationException);

    private static void Opaque()
    {
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        Probe.ArgumentOpaque(recorder);
        Probe.End(recorder, Probe.Entered(recorder), opaque: true);
    }

    private static void Construct()
    {
        ThreadRecorder recorder = Probe.EnterConstructor(WovenSites.BaseConstructor, reserve: true)!;
        Probe.End(recorder, Probe.Entered(recorder), opaque: false);
    }

    private static void Scalars(IEach each)
    {
        each.Take(false, true);
        each.Take('a', 'x');
        each.Take<sbyte>(1, -5);
        each.Take<byte>(1, 200);
        each.Take<short>(1, -300);
        each.Take<ushort>(1, 60000);
        each.Take(1, short.MaxValue + 1);
        each.Take<int>(short.MinValue, short.MaxValue);
        each.Take(1u, uint.MaxValue);
        each.Take(1L, long.MinValue);
        each.Take(1L, int.MinValue);
        each.Take(1L, -1L);
        each.Take(1UL, ulong.MaxValue);
        each.Take(1f, 1.5f);
        each.Take(1d, -2.25);
        each.Take(1m, 12.340m);
        each.Take<nint>(1, -1);
        each.Take<nuint>(1, 2);
        each.Take(DateTime.UnixEpoch, new DateTime(1));
        each.Take(TimeSpan.Zero, TimeSpan.MaxValue);
        each.Take(DateTimeOffset.UnixEpoch, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5)));
        each.Take(Guid.Empty, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"));
        each.Take(DateOnly.MinValue, DateOnly.MaxValue);
        each.Take(TimeOnly.MinValue, TimeOnly.MaxValue);
        each.Take((Half)1, (Half)0.5);
        each.Take<Int128>(1, -7);
        each.Take<UInt128>(1, UInt128.MaxValue);
    }

    private interface IEach
    {
        void Take<T>(T oldValue, T newValue);
    }

    private sealed class CallEach : IEach
    {
        public void Take<T>(T oldValue, T newValue) => Call.With(newValue);
    }

    private sealed class StoreEach(object? owner) : IEach
    {
        public const int Types = 27;

        public void Take<T>(T oldValue, T newValue) => Probe.Update(Probe.Attach()!, WovenSites.Value, owner, oldValue, newValue);
    }

    private sealed class Wrapper : FunctionWrapper
    {
        public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) => "called";

        public override string? WrapReturn(string method, object? result) => new string('x', 5_000);

        public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) => ("before", null);
    }
}
