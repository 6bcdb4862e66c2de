using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>How an exception that leaves a method appears in a trace.</summary>
[NonParallelizable]
public sealed class ExceptionValueTests
{
    private static IEnumerable<TestCaseData> Exceptions()
    {
        yield return Failure(static () => new InvalidOperationException("framework's"), "!InvalidOperationException: framework's");
        yield return Failure(static () => new ArgumentException("bad", "name"), "!ArgumentException: bad (Parameter 'name')");
        yield return Failure(static () => new TalkativeException("stored"), "!ExceptionValueTests.TalkativeException: stored");
        yield return Failure(static () => new InvalidOperationException(), "!InvalidOperationException: "
            + new InvalidOperationException().Message);
        yield return Failure(static () => new ArgumentOutOfRangeException("n", 5, "too large"),
            "!ArgumentOutOfRangeException: "
            + new ArgumentOutOfRangeException("n", 5, "too large").Message.Replace("\n", "\\n", StringComparison.Ordinal));
        yield return Failure(static () => new ArgumentOutOfRangeException("n", new Talkative(), "too evil"),
            "!ArgumentOutOfRangeException: too evil");
        yield return Failure(static () => new EvilArgumentException("stored"), "!ExceptionValueTests.EvilArgumentException: stored");
        yield return Failure(static () => new AggregateException("several", new TalkativeException("stored")),
            "!AggregateException: several");
    }

    [TestCaseSource(nameof(Exceptions))]
    public void An_exception_shows_its_message_unless_the_program_computes_it(Func<Exception> make, string expected)
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        Probe.Argument(recorder, 1);
        int frame = Probe.Entered(recorder);
        Probe.EndException(recorder, frame, make());

        Assert.That(Recording.Events(recording.Stop()).Last(), Is.EqualTo("end Tests.Program.Take -> " + expected));
    }

    private sealed class TalkativeException : Exception
    {
        public TalkativeException(string message)
            : base(message)
        {
        }

        public override string Message => throw new InvalidOperationException("user code was run");
    }

    private sealed class EvilArgumentException(string message) : ArgumentOutOfRangeException("name", message)
    {
        public override object ActualValue => throw new InvalidOperationException("user code was run");

        public override string ParamName => throw new InvalidOperationException("user code was run");
    }

    private sealed class Talkative
    {
        public override string ToString() => throw new InvalidOperationException("user code was run");
    }

    private static TestCaseData Failure(Func<Exception> make, string expected) =>
        new TestCaseData(make, expected).SetArgDisplayNames(expected);
}
