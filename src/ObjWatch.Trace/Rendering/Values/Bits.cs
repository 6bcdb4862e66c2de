namespace ObjWatch.Trace.Rendering;

/// <summary>Reinterprets the bits of a number, also where the framework has no method for it yet.</summary>
internal static class Bits
{
    public static unsafe float ToSingle(uint bits) => *(float*)&bits;
}
