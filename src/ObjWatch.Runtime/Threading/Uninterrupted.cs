using System.Threading;

namespace ObjWatch.Threading;

/// <summary>Waits that <see cref="Thread.Interrupt"/> does not break into: an interruption is meant for a wait of the program's own, and
/// comes back with the next one.</summary>
internal static class Uninterrupted
{
    /// <summary>Takes a lock.</summary>
    public static void Enter(object gate)
    {
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

    /// <summary>Waits for a thread's end.</summary>
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
}
