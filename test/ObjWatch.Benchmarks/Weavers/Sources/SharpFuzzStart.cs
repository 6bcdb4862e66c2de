using System.Runtime.InteropServices;

namespace Start;

/// <summary>What instrumented code writes to is handed out by the fuzzer; without it, here.</summary>
internal static partial class Program
{
    private const int MapSize = 1 << 16;

    static partial void Prepare()
    {
        unsafe
        {
            SharpFuzz.Common.Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(MapSize);
        }
    }
}
