using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;
using ObjWatch.Live;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>A trace is read while it is written: what is complete is there, what is not comes later, and nothing comes twice.</summary>
[TestFixture]
internal sealed class GrowingTraceTests
{
    [Test]
    public void Each_look_goes_on_where_the_last_one_ended()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1);
        for (int i = 0; i < 3; i++)
            thread.Update(Sample.ValueStore, 1, Value.Int(i), Value.Int(i + 1));
        thread.NextChunk();
        for (int i = 3; i < 5; i++)
            thread.Update(Sample.ValueStore, 1, Value.Int(i), Value.Int(i + 1));

        using var file = new GrowingTrace(trace);
        using var reader = new TraceReader(file.Path, growing: true);
        using var looks = new Looks(reader);
        Assert.That(looks.Next(), Is.Empty, "nothing is there");
        file.Prepare(1);
        Assert.That(looks.Next(), Is.Empty, "a chunk is prepared");
        file.Take(1);
        Assert.That(looks.Next(), Is.Empty, "a chunk is taken");
        int position = file.Commit(1, ChunkHeader.Size, 2);
        Assert.That(looks.Next(), Is.EqualTo("   15 upd Counter.Value 0 -> 1 #1\n   15 upd Counter.Value 1 -> 2 #1\n"));
        Assert.That(looks.Next(), Is.Empty);
        file.Commit(1, position, 1);
        file.Prepare(2);
        Assert.That(looks.Next(), Is.EqualTo("   15 upd Counter.Value 2 -> 3 #1\n"));
        file.Commit(1, position, 2);
        file.Take(2);
        file.Commit(2, ChunkHeader.Size, 1);
        Assert.That(looks.Next(), Is.EqualTo("   15 upd Counter.Value 3 -> 4 #1\n"));
        file.Commit(2, ChunkHeader.Size, 2);
        Assert.That(looks.Next(), Is.EqualTo("   15 upd Counter.Value 4 -> 5 #1\n"));
        Assert.That(reader.Damage.Any, Is.False);
    }

    [Test]
    public void Records_added_to_a_chunk_before_the_next_one_was_taken_are_not_missed()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1);
        for (int i = 0; i < 3; i++)
            thread.Update(Sample.ValueStore, 1, Value.Int(i), Value.Int(i + 1));
        thread.NextChunk().Update(Sample.ValueStore, 1, Value.Int(3), Value.Int(4));

        using var file = new GrowingTrace(trace);
        file.Prepare(2);
        file.Take(1);
        int position = file.Commit(1, ChunkHeader.Size, 1);
        using var reader = new TraceReader(file.Path, growing: true);
        using var looks = new Looks(reader);
        looks.Next();
        file.Commit(1, position, 10);
        file.Take(2);
        file.Commit(2, ChunkHeader.Size, 1);
        Assert.That(looks.Next().Split('\n').Where(line => line.Length > 0).Select(line => line[24..]),
            Is.EqualTo(new[] { "1 -> 2 #1", "2 -> 3 #1", "3 -> 4 #1" }));
    }

    [Test]
    public void Records_later_than_the_watermark_wait_for_the_other_threads()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1, startTicks: 100).Run(Sample.Main, 100, 0, 0).End(Sample.Main, 300, 0, Value.Void);
        trace.Thread(2, startTicks: 200).Run(Sample.Increment, 200, 0, 0, Value.Object(1, Sample.CounterType))
            .End(Sample.Increment, 250, 0, Value.Int(1));

        using var file = new GrowingTrace(trace, definitionChunks: 2);
        using var reader = new TraceReader(file.Path, growing: true);
        using var looks = new Looks(reader);
        Assert.That(looks.Next(watermark: 150), Is.EqualTo("   40 run Sample.Program.Main <- \n"));
        file.Prepare(1);
        file.Take(2);
        file.Commit(2, ChunkHeader.Size, 2);
        Assert.That(looks.Next(watermark: 400), Is.EqualTo(
            "   14 run Sample.Counter.Increment <- 'this':Counter#1 [T2]\n"
            + "   14 end Sample.Counter.Increment -> 1 [T2]\n"
            + "   40 end Sample.Program.Main -> void [T1]\n"));
    }

    [Test]
    public void A_definition_written_after_the_reader_began_is_known_when_a_record_refers_to_it()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Definitions.NextChunk();
        trace.Type(50, "Late");
        trace.Thread(1).Update(Sample.TotalStore, 0, Value.Null, Value.Object(1, 50));

        using var file = new GrowingTrace(trace);
        using var reader = new TraceReader(file.Path, growing: true);
        using var looks = new Looks(reader);
        looks.Next();
        file.Prepare(2);
        file.Take(1);
        file.Commit(1, ChunkHeader.Size, 1);
        file.Take(2);
        file.Commit(2, ChunkHeader.Size, 1);
        Assert.That(looks.Next(), Is.EqualTo("   16 upd @.Counter.Total null -> Late#1\n"));
    }

    [Test]
    public void A_trace_that_another_process_is_writing_is_read_with_the_definitions_that_its_records_need()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Definitions.NextChunk();
        trace.Type(50, "Late");
        trace.Thread(1).Update(Sample.TotalStore, 0, Value.Null, Value.Object(1, 50));

        using var file = new GrowingTrace(trace);
        file.Prepare(2);
        file.Take(2);
        using var reader = new TraceReader(file.Path, growing: false);
        using var looks = new Looks(reader);
        file.Take(1);
        file.Commit(1, ChunkHeader.Size, 1);
        file.Commit(2, ChunkHeader.Size, 1);
        Assert.That(looks.Next(), Is.EqualTo("   16 upd @.Counter.Total null -> Late#1\n"));
    }

    [Test]
    public async Task Live_rendering_writes_the_text_that_rendering_afterwards_writes()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1);
        ulong ticks = 1000;
        for (int i = 0; i < 20_000; i++)
        {
            thread.Run(Sample.Increment, ticks++, 42, 0, Value.Object(1, Sample.CounterType))
                .Update(Sample.ValueStore, 1, Value.Int(i), Value.Int(i + 1))
                .End(Sample.Increment, ticks++, 0, Value.Int(i + 1));
        }

        string text = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objwatch");
        using var file = new GrowingTrace(trace);
        var rendering = new LiveRendering(file.Path, text, RenderFormat.Text, new RenderOptions { Header = false });
        rendering.Start();
        await Task.Run(() =>
        {
            for (int chunk = 1; chunk < trace.ChunkCount; chunk++)
            {
                file.Prepare(1);
                file.Take(chunk);
                file.Commit(chunk, ChunkHeader.Size, int.MaxValue);
            }
        });
        long events = rendering.Finish();
        try
        {
            Assert.Multiple(() =>
            {
                Assert.That(events, Is.EqualTo(60_000));
                Assert.That(File.ReadAllText(text), Is.EqualTo(Rendered.From(trace).Text));
            });
        }
        finally
        {
            File.Delete(text);
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void The_text_is_for_its_owner_only_and_replaces_an_old_one()
    {
        string text = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objwatch");
        File.WriteAllText(text, "old");
        using var file = new GrowingTrace(Sample.Trace());
        var rendering = new LiveRendering(file.Path, text, RenderFormat.Text, new RenderOptions { Header = false });
        rendering.Start();
        rendering.Finish();
        try
        {
            Assert.Multiple(() =>
            {
                Assert.That(File.ReadAllText(text), Is.Empty);
                Assert.That(File.GetUnixFileMode(text), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            });
        }
        finally
        {
            File.Delete(text);
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a privilege on Windows.")]
    public void A_text_that_is_a_link_is_not_followed()
    {
        string victim = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        string text = victim + ".objwatch";
        File.WriteAllText(victim, "precious");
        File.CreateSymbolicLink(text, victim);
        using var file = new GrowingTrace(Sample.Trace());
        try
        {
            var rendering = new LiveRendering(file.Path, text, RenderFormat.Text, new RenderOptions { Header = false });
            rendering.Start();
            Assert.Multiple(() =>
            {
                Assert.That(rendering.Finish(), Is.Zero);
                Assert.That(File.ReadAllText(victim), Is.EqualTo("precious"));
            });
        }
        finally
        {
            File.Delete(text);
            File.Delete(victim);
        }
    }

    /// <summary>Looks at a growing trace again and again.</summary>
    private sealed class Looks : IDisposable
    {
        private readonly TraceReader _reader;
        private readonly MemoryStream _text = new();
        private readonly TextRenderer _renderer;
        private readonly EventMerger _merger;

        public Looks(TraceReader reader)
        {
            _reader = reader;
            _renderer = new TextRenderer(reader, _text);
            _merger = new EventMerger(reader);
        }

        /// <summary>The text that came since the last look.</summary>
        public string Next(ulong watermark = ulong.MaxValue)
        {
            _text.SetLength(0);
            if (_reader.Growing)
                _reader.Scan();
            _merger.Merge(_renderer, watermark);
            _renderer.Flush();
            return Encoding.UTF8.GetString(_text.ToArray());
        }

        public void Dispose() => _text.Dispose();
    }
}
