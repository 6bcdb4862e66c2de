using System.IO;
using NUnit.Framework;

namespace ObjWatch.Reading.Tests;

[TestFixture]
internal sealed class TextRenderingTests
{
    [Test]
    public void A_run_on_one_thread_reads_as_the_golden_text()
    {
        TraceBuilder trace = Sample.Trace();
        byte[] counter = Value.Object(7, Sample.CounterType);
        trace.Thread(1)
            .Run(Sample.Main, 100, 0, 0)
            .Run(Sample.Constructor, 110, 41, 1, Value.UnderConstruction(7, Sample.Constructor), Value.Int(10))
            .UpdateAtLine(Sample.NameStore, 7, 11, Value.Null, Value.Text("first"))
            .End(Sample.Constructor, 120, 1, Value.Void)
            .Run(Sample.Increment, 130, 42, 1, counter)
            .Update(Sample.ValueStore, 7, Value.Int(10), Value.Int(11))
            .Update(Sample.TotalStore, 0, Value.Int(0), Value.Int(1))
            .End(Sample.Increment, 140, 1, Value.Int(11))
            .Update(Sample.LocalStore, 0, Value.Int(0), Value.Int(11))
            .Run(Sample.Add, 150, 45, 1, counter, Value.Null, Value.Int(2))
            .Length(Sample.ItemsLength, 7, 3, 4, Sample.ListType)
            .Length(Sample.ItemsLength, 7, 4, 3, Sample.ListType)
            .UpdateAtLine(Sample.NameStore, 7, 0, Value.Text("first"), Value.Null)
            .End(Sample.Add, 160, 1, Value.Void)
            .Run(Sample.Parse, 170, 46, 1, Value.Text("x"))
            .End(Sample.Parse, 180, 1, Value.Exception(Sample.ErrorType, "not a number: \"x\"\nsee above"), failed: true)
            .EventsLost(12)
            .End(Sample.Main, 190, 0, Value.Void);

        Golden("OneThread", Rendered.From(trace));
    }

    [Test]
    public void Two_threads_are_merged_by_time_and_marked_from_the_second_ones_first_line_on()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder first = trace.Thread(1);
        StreamBuilder second = trace.Thread(2, startTicks: 125, managedId: 9);
        first.Run(Sample.Main, 100, 0, 0)
            .Run(Sample.Increment, 110, 42, 1, Value.Object(1, Sample.CounterType))
            .Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1));
        second.Update(Sample.ValueStore, 2, Value.Int(5), Value.Int(6))
            .Run(Sample.Increment, 130, 0, 0, Value.Object(2, Sample.CounterType))
            .Update(Sample.ValueStore, 2, Value.Int(6), Value.Int(7))
            .End(Sample.Increment, 150, 0, Value.Int(7));
        first.End(Sample.Increment, 140, 1, Value.Int(1)).End(Sample.Main, 160, 0, Value.Void);

        Golden("TwoThreads", Rendered.From(trace));
    }

    [Test]
    public void A_resumed_method_keeps_its_depth_whatever_it_is_resumed_in()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder first = trace.Thread(1);
        StreamBuilder second = trace.Thread(2, startTicks: 145, managedId: 9);
        first.Run(Sample.Main, 100, 0, 0)
            .Run(Sample.Parse, 110, 42, 1, Value.Text("a"))
            .Await(Sample.Parse, 120, 1, 43)
            .Run(Sample.Parse, 121, 44, 1, Value.Text("b"))
            .Run(Sample.Parse, 122, 45, 2, Value.Text("c"))
            .Resume(Sample.Parse, 130, 1, 43)
            .Update(Sample.TotalStore, 0, Value.Int(0), Value.Int(1))
            .Await(Sample.Parse, 140, 1, 46, Value.Int(5))
            .Update(Sample.TotalStore, 0, Value.Int(1), Value.Int(2));
        second.Resume(Sample.Parse, 150, 1, 46).End(Sample.Parse, 160, 1, Value.Int(6));
        first.End(Sample.Parse, 170, 2, Value.Int(7)).End(Sample.Parse, 180, 1, Value.Int(8)).End(Sample.Main, 190, 0, Value.Void);

        Golden("Resumed", Rendered.From(trace));
    }

    internal static void Golden(string name, Rendered rendered)
    {
        string expected = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden", name + ".objwatch"));
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Text, Is.EqualTo(expected));
            Assert.That(rendered.Damage.Describe(), Is.Empty);
        });
    }
}
