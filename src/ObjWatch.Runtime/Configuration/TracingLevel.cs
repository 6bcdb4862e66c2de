namespace ObjWatch;

/// <summary>How loud events are logged. The names are those of the Python original's <c>level</c>.</summary>
public enum TracingLevel
{
    /// <summary>As details for who looks for a mistake.</summary>
    Debug,

    /// <summary>As what anybody may want to read.</summary>
    Information,

    /// <summary>As <see cref="Debug"/>, and each line of text also goes straight to standard error, whatever the program does with its
    /// loggers and its console.</summary>
    Force,
}
