using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.Recording.Sites;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>This process as the recorder knows it: what of it has been woven, and what is being recorded.</summary>
internal sealed class TracedProcess
{
    private volatile ActiveRecording? _current;
    private volatile CaptureRules _rules = CaptureRules.Default;
    private int _lastOrdinal;

    private TracedProcess()
    {
    }

    /// <summary>The only one. What changes with a session is reached from here, or from the thread that it belongs to.</summary>
    public static TracedProcess This { get; } = new();

    /// <summary>What has been woven and loaded.</summary>
    public WovenAssemblies Assemblies { get; } = new();

    /// <summary>What is being recorded, or null.</summary>
    public ActiveRecording? Current => _current;

    /// <summary>What is captured of values that are shown for themselves: as in the last session.</summary>
    public CaptureRules Rules => _rules;

    /// <summary>What went wrong in wrappers.</summary>
    public FailureCount WrapperFailures { get; } = new();

    /// <summary>Whether an event can be recorded now.</summary>
    public bool Records => _current is { On: true };

    /// <summary>A number that no other session of the process has.</summary>
    public int NextOrdinal() => Interlocked.Increment(ref _lastOrdinal);

    /// <summary>Values are captured by other rules from now on.</summary>
    public void Use(CaptureRules rules) => _rules = rules;

    /// <summary>Records from now on.</summary>
    public void Begin(ActiveRecording recording)
    {
        _current = recording;
        Assemblies.Apply(recording.Policy);
        recording.On = true;
    }

    /// <summary>Records nothing more.</summary>
    public void End(ActiveRecording recording)
    {
        recording.On = false;
        _current = null;
        Assemblies.Clear(recording.Policy);
    }
}
