namespace ObjWatch;

/// <summary>Starts and stops tracing from code.</summary>
public static class Tracer
{
}
