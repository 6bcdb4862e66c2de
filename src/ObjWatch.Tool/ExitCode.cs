namespace ObjWatch.Tool;

/// <summary>What the tool tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything is woven, now or before.</summary>
    public const int Woven = 0;

    /// <summary>Something could not be woven.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was tried.</summary>
    public const int WrongUsage = 2;
}
