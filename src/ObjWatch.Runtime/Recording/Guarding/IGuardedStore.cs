using ObjWatch.Woven;

namespace ObjWatch.Recording.Guarding;

/// <summary>As <see cref="IGuardedWork{TResult}"/>, for what a store may need: it comes so often that its parts must stay in
/// registers.</summary>
internal interface IGuardedStore<T>
{
    /// <summary>Writes what is said of a store.</summary>
    void Do(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue);
}
