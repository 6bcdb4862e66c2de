namespace ObjWatch.Trace.Format;

/// <summary>
/// Layout of an <c>.objtrace</c> file, version 1. All numbers are little-endian. docs/trace-format.md is the specification.
/// </summary>
/// <remarks>
/// The file is a header of <see cref="HeaderSize"/> bytes and then chunks of <see cref="ChunkSize"/> bytes, each
/// belonging to one stream: stream 0 holds definitions, stream n the n-th recorded thread. A chunk is a chunk header and then records,
/// each aligned to four bytes. A record begins with its 4-byte head, which is stored last and as one word: a head of zero
/// means that nothing more has been written yet.
/// </remarks>
internal static class TraceFormat
{
    /// <summary>First eight bytes of a trace: <c>OBJTRACE</c>.</summary>
    public const ulong FileMagic = 0x4543_4152_544A_424F;

    /// <summary>Version of this layout. A reader refuses a newer one by name.</summary>
    public const uint Version = 1;

    /// <summary>Bytes before the first chunk: magic u64, version u32, chunk size u32, Stopwatch frequency u64, Stopwatch ticks at the start u64,
    /// UTC start time in DateTime ticks u64, process id u32, state u32 (0 while written, 1 once closed in order), full chunks that a ring keeps u32
    /// (0: all are kept), reserved u32, UTC start of the process in DateTime ticks u64, length of the file once it is closed u64.</summary>
    public const int HeaderSize = 4096;

    /// <summary>Bytes of a chunk.</summary>
    public const int ChunkSize = 64 * 1024;

    /// <summary>Bytes of a chunk's header: stream u32, managed thread id u32, sequence number in the stream u32 (from 0), thread number u32 (0: the
    /// stream's), Stopwatch ticks when the thread took it u64, magic u32 (stored last), number of events u32 (once it is complete; 0: not known).</summary>
    public const int ChunkHeaderSize = 32;

    /// <summary>Where the magic stands in a chunk's header.</summary>
    public const int ChunkMagicOffset = 24;

    /// <summary>Marks a chunk in use: <c>OWCK</c>.</summary>
    public const uint ChunkMagic = 0x4B43_574F;

    /// <summary>Most bytes one record may take, head included. A multiple of four.</summary>
    public const int MaximumRecordSize = 8 * 1024;

    /// <summary>A record's head: its size in bytes (a multiple of four) in the low 16 bits, its kind in the next 8, flags in the top 8.</summary>
    public static uint Head(int size, RecordKind kind, byte flags = 0) => (uint)size | ((uint)kind << 16) | ((uint)flags << 24);

    /// <summary>An object's identity: its number (40 bits, from 1) below, the number of its type (24 bits) above. 0 is no object.</summary>
    public static ulong Identity(long number, int type) => (ulong)number | ((ulong)type << 40);

    /// <summary>The object's number in an identity.</summary>
    public static long ObjectNumber(ulong identity) => (long)(identity & 0xFF_FFFF_FFFF);

    /// <summary>The type's number in an identity.</summary>
    public static int TypeNumber(ulong identity) => (int)(identity >> 40);
}

/// <summary>What a record says. Streams of threads hold Run to RecordsLost, the stream of definitions the rest.</summary>
internal enum RecordKind : byte
{
    /// <summary>A method was entered: site u32, Stopwatch ticks u64, caller's line u32 (0: unknown), depth u32, then one value for
    /// <c>this</c> (unless the method is static) and one for each parameter.</summary>
    Run = 1,

    /// <summary>A method returned: site u32, Stopwatch ticks u64, depth u32, then one value: the result (Void where there is none).</summary>
    End = 2,

    /// <summary>An exception left a method: as End; the value is an Exception.</summary>
    Failed = 3,

    /// <summary>A member was stored with another value: site u32, owner's identity u64 (0: none), old value, new value.</summary>
    Update = 4,

    /// <summary>As Update, with the caller's line: site u32, identity u64, line u32, old value, new value.</summary>
    UpdateAtLine = 5,

    /// <summary>A collection grew or shrank: site u32, identity u64 of its owner, old length u32, new length u32, type u32 of the collection.</summary>
    Length = 6,

    /// <summary>The rest of this chunk is unused; the stream goes on in its next chunk.</summary>
    EndOfChunk = 7,

    /// <summary>Events that could not be recorded: count u64.</summary>
    EventsLost = 8,

    /// <summary>An async method is suspended, or an iterator gives away a value: site u32, Stopwatch ticks u64, depth u32, line u32 (0: unknown), then one
    /// value: what an iterator gives away, else Void.</summary>
    Await = 9,

    /// <summary>An async method or an iterator goes on: as Await; the line is the one at which it was suspended, the value Void.</summary>
    Resume = 10,

    /// <summary>From here on the stream holds the events of another thread: thread number u32, Stopwatch ticks u64, managed thread id u32.</summary>
    OtherThread = 11,

    /// <summary>From here on, to the end of the chunk, events are those of a process with this rank: rank u32.</summary>
    Rank = 17,

    /// <summary>Part of an assembly's table of sites: first site number u32, total bytes u32, offset u32, byte count u32, bytes.</summary>
    AssemblyPart = 32,

    /// <summary>A type: number u32, flags u8 (1: enum), name string (C# style, <c>List&lt;int&gt;</c>), full name string,
    /// field count u16, that many field names (of a struct). For an enum the fields are its members, each followed by its raw value u64. </summary>
    Type = 33,

    /// <summary>A recorded thread: thread number u32, managed thread id u32, name string (empty: none).</summary>
    Thread = 34,

    /// <summary>A fact about the run: key string, value string (for example <c>runtime</c>, <c>process</c>, <c>option.Output</c>).</summary>
    Fact = 35,

    /// <summary>A text that values refer to by number: number u32, string.</summary>
    Text = 36,

    /// <summary>Events at a site that a limit left out: site u32, count u64.</summary>
    LeftOut = 37,

    /// <summary>How far the last chunk of a stream was written when the trace was closed: the chunk's offset in the file u64, bytes u32 from its beginning,
    /// at least.</summary>
    Written = 50,
}

/// <summary>The byte in front of each value in a record. Strings in definitions are u16 byte count + UTF-8.</summary>
internal enum ValueTag : byte
{
    /// <summary>No value: the result of a method that returns nothing.</summary>
    Void = 0,

    /// <summary><see langword="null"/>.</summary>
    Null = 1,

    /// <summary>1 byte, 0 or 1.</summary>
    Boolean = 2,

    /// <summary>UTF-16 unit, 2 bytes.</summary>
    Char = 3,

    /// <summary>1 byte.</summary>
    SByte = 4,

    /// <summary>1 byte.</summary>
    Byte = 5,

    /// <summary>2 bytes.</summary>
    Int16 = 6,

    /// <summary>2 bytes.</summary>
    UInt16 = 7,

    /// <summary>4 bytes.</summary>
    Int32 = 8,

    /// <summary>4 bytes.</summary>
    UInt32 = 9,

    /// <summary>8 bytes.</summary>
    Int64 = 10,

    /// <summary>8 bytes.</summary>
    UInt64 = 11,

    /// <summary>4 bytes.</summary>
    Single = 12,

    /// <summary>8 bytes.</summary>
    Double = 13,

    /// <summary>16 bytes: decimal.GetBits, four i32.</summary>
    Decimal = 14,

    /// <summary>8 bytes: a pointer or IntPtr.</summary>
    IntPtr = 15,

    /// <summary>8 bytes.</summary>
    UIntPtr = 16,

    /// <summary>Length in UTF-16 units u32, units stored u16, the units.</summary>
    String = 17,

    /// <summary>Identity u64.</summary>
    Object = 18,

    /// <summary>Type u32, raw value sign-extended u64.</summary>
    Enum = 19,

    /// <summary>Ticks i64, kind u8 (DateTimeKind).</summary>
    DateTime = 20,

    /// <summary>Ticks i64.</summary>
    TimeSpan = 21,

    /// <summary>Local ticks i64, offset in minutes i16.</summary>
    DateTimeOffset = 22,

    /// <summary>16 bytes.</summary>
    Guid = 23,

    /// <summary>Day number i32.</summary>
    DateOnly = 24,

    /// <summary>Ticks i64.</summary>
    TimeOnly = 25,

    /// <summary>2 bytes.</summary>
    Half = 26,

    /// <summary>16 bytes.</summary>
    Int128 = 27,

    /// <summary>16 bytes.</summary>
    UInt128 = 28,

    /// <summary>Type u32, count u32 (0xFFFFFFFF: unknown), stored u8, that many values.</summary>
    Collection = 32,

    /// <summary>Type u32, count u32, stored pairs u8, that many pairs of values.</summary>
    Dictionary = 33,

    /// <summary>Type u32, field count u8, that many values; the names stand in the type's definition.</summary>
    Struct = 34,

    /// <summary>Count u8, that many values: a ValueTuple.</summary>
    Tuple = 35,

    /// <summary>A delegate: text number u32 of its method's name.</summary>
    Delegate = 36,

    /// <summary>A System.Type: type u32.</summary>
    TypeReference = 37,

    /// <summary>An exception: type u32, then a String or Null value: its message.</summary>
    Exception = 38,

    /// <summary>A value that cannot be captured (by-ref-like, pointer to a struct, out): the reader shows the parameter's type.</summary>
    Opaque = 39,

    /// <summary><c>this</c> of a constructor that has not run its base yet: object number u64 (0: none yet), site u32 of the outermost constructor, whose
    /// declaring type names the object.</summary>
    UnderConstruction = 40,

    /// <summary>A value that must not be recorded.</summary>
    Redacted = 41,

    /// <summary>What a wrapper made of a value, as String; at the beginning of a Run, of all its values.</summary>
    WrapperText = 42,
}
