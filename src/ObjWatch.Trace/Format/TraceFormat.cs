using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>
/// Layout of an <c>.objtrace</c> file, version 2. All numbers are little-endian. docs/trace-format.md is the specification,
/// <see cref="RecordSchema"/> declares the records.
/// </summary>
/// <remarks>
/// The file is a header of <see cref="HeaderSize"/> bytes and then chunks of <see cref="ChunkSize"/> bytes, each
/// belonging to one stream: stream 0 holds definitions, stream n the n-th recorded thread. A chunk is a chunk header and then records,
/// each aligned to four bytes. A record begins with its 4-byte head, which is stored last and as one word: a head of zero
/// means that nothing more has been written yet.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TraceFormat
{
    /// <summary>First eight bytes of a trace: <c>OBJTRACE</c>.</summary>
    public const ulong FileMagic = 0x4543_4152_544A_424F;

    /// <summary>Version of this layout. A reader refuses a newer one by name.</summary>
    public const uint Version = 2;

    /// <summary>The layout before, in which nothing was left out of a record.</summary>
    internal const uint Version1 = 1;

    /// <summary>Bytes before the first chunk: magic u64, version u32, chunk size u32, Stopwatch frequency u64, Stopwatch ticks at the start
    /// u64, UTC start time in DateTime ticks u64, process id u32, state u32 (0 while written, 1 once closed in order), full chunks that a
    /// ring keeps u32 (0: all are kept), reserved u32, UTC start of the process in DateTime ticks u64, length of the file once it is closed
    /// u64.</summary>
    public const int HeaderSize = 4096;

    /// <summary>Where the state stands in the header.</summary>
    public const int StateOffset = 44;

    /// <summary>Where the length of the closed file stands in the header.</summary>
    public const int ClosedLengthOffset = 64;

    /// <summary>Bytes of a chunk.</summary>
    public const int ChunkSize = 64 * 1024;

    /// <summary>Most bytes one record may take, head included. A multiple of four.</summary>
    public const int MaximumRecordSize = 8 * 1024;

    /// <summary>Bytes of records behind which a safepoint follows.</summary>
    public const int WindowSize = 4096;

    /// <summary>An object's identity: its number (40 bits, from 1) below, the number of its type (24 bits) above. 0 is no object.</summary>
    public static ulong Identity(long number, int type) => (ulong)number | ((ulong)type << NumberBits);

    /// <summary>The object's number in an identity.</summary>
    internal static long ObjectNumber(ulong identity) => (long)(identity & NumberMask);

    /// <summary>The type's number in an identity.</summary>
    internal static int TypeNumber(ulong identity) => (int)(identity >> NumberBits);

    /// <summary>Whether two identities differ in their low 32 bits alone: objects of one type.</summary>
    public static bool IsNear(ulong identity, ulong other) => (identity ^ other) >> 32 == 0;

    /// <summary>The identity that differs from another in its low 32 bits alone.</summary>
    /// <param name="identity">The other.</param>
    /// <param name="low">Its own low 32 bits.</param>
    public static ulong Near(ulong identity, uint low) => (identity & ~(ulong)uint.MaxValue) | low;

    private const int NumberBits = 40;
    private const ulong NumberMask = (1UL << NumberBits) - 1;
}
