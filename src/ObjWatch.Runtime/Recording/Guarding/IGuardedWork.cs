using ObjWatch.Woven;

namespace ObjWatch.Recording.Guarding;

/// <summary>Something that a thread does inside the recorder and that may fail: it waits for a lock, needs memory, or looks at the
/// program's values.</summary>
internal interface IGuardedWork<TResult>
{
    /// <summary>Does it.</summary>
    TResult Do(ThreadRecorder recorder);
}
