using System.Threading;

namespace ObjWatch.Recording;

/// <summary>A lock held until it is disposed. <see cref="Thread.Interrupt"/> does not break into the wait for it: an interruption is meant for a
/// wait of the program's own, and comes back with the next one.</summary>
internal readonly ref struct Hold
{
    private readonly object _gate;

    public Hold(object gate)
    {
        _gate = gate;
        bool interrupted = false;
        for (bool held = false; !held;)
        {
            try
            {
                Monitor.Enter(gate, ref held);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    /// <summary>Waits for a thread's end in the same way.</summary>
    public static void Join(Thread thread)
    {
        bool interrupted = false;
        for (bool ended = false; !ended;)
        {
            try
            {
                thread.Join();
                ended = true;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    public void Dispose() => Monitor.Exit(_gate);
}
