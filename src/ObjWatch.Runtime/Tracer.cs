using System;
using System.Threading;
using Microsoft.Extensions.Logging;
using ObjWatch.Live;
using ObjWatch.Sessions;

namespace ObjWatch;

/// <summary>Starts and stops tracing from code. Woven programs start by themselves, so most need none of this.</summary>
public static class Tracer
{
    /// <summary>Whether events are being recorded: a session runs and is not paused.</summary>
    public static bool IsRunning => SessionControl.OfProcess.IsRunning;

    /// <summary>
    /// Starts tracing. With options a session that runs ends and a new one begins; without options one that runs goes on.
    /// In a process with nothing woven it records nothing and says so once on standard error; with <c>OBJWATCH=0</c> in the environment
    /// it does nothing at all. It never throws.
    /// </summary>
    /// <param name="options">What differs from the environment's and the build's options.</param>
    /// <returns>Ends the session when disposed.</returns>
    public static IDisposable Start(TracerOptions? options) =>
        new Session(LiveRendering.IsCurrentThread ? null : SessionControl.OfProcess.Start(options));

    /// <summary>Starts tracing with the environment's and the build's options; a session that runs goes on. See
    /// <see cref="Start(TracerOptions?)"/>.</summary>
    /// <returns>Ends the session when disposed.</returns>
    public static IDisposable Start() => Start(null);

    /// <summary>
    /// Starts tracing as <see cref="Start(TracerOptions?)"/> does, and logs each event: level <see cref="LogLevel.Debug"/>, category
    /// <c>ObjWatch.</c> and the full name of the type whose method it happened in, event ids 1 (<c>run</c>), 2 (<c>end</c>), 3
    /// (<c>upd</c>), 4 (<c>apd</c>) and 5 (<c>pop</c>), and as state <c>event</c>, <c>type</c>, <c>member</c>, <c>old</c>, <c>new</c>,
    /// <c>object</c>, <c>rank</c>, <c>thread</c>, <c>depth</c> and more, where there is such a value. Loggers are called on a thread of
    /// ObjWatch's own, a moment after the event; what is woven of them makes no events there.
    /// </summary>
    /// <param name="options">What differs from the environment's and the build's options. Files are written only where an output is
    /// named.</param>
    /// <param name="loggerFactory">Makes the loggers. It must live until the session has ended.</param>
    /// <returns>Ends the session when disposed; all events have been logged then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loggerFactory"/> is <see langword="null"/>.</exception>
    public static IDisposable Start(TracerOptions? options, ILoggerFactory loggerFactory) =>
        Start((options ?? new TracerOptions()).With(loggerFactory ?? throw new ArgumentNullException(nameof(loggerFactory))));

    /// <summary>Stops tracing, finishes the outputs and names them on standard error. Does nothing when nothing is being traced.</summary>
    public static void Stop() => Do(static () => SessionControl.OfProcess.Stop(null));

    /// <summary>Whether a session is paused.</summary>
    public static bool IsPaused => SessionControl.OfProcess.IsPaused;

    /// <summary>
    /// Records nothing until <see cref="Resume"/>. The methods of woven code then cost what they cost while tracing is off; calls that are
    /// open get their <c>end</c> if they return meanwhile. Does nothing when nothing is being traced.
    /// </summary>
    public static void Pause() => Do(static () => SessionControl.OfProcess.Pause(true));

    /// <summary>Goes on with a session that is paused, by <see cref="Pause"/> or by SIGUSR1.</summary>
    public static void Resume() => Do(static () => SessionControl.OfProcess.Pause(false));

    /// <summary>A logger may ask for something too, but it must not wait for the end of the session, which waits for it.</summary>
    private static void Do(Action action)
    {
        if (LiveRendering.IsCurrentThread)
            ThreadPool.QueueUserWorkItem(static state => ((Action)state!)(), action);
        else
            action();
    }

    private sealed class Session : IDisposable
    {
        private readonly RecordingSession? _session;

        public Session(RecordingSession? session)
        {
            _session = session;
        }

        public void Dispose()
        {
            if (_session != null)
                Do(() => SessionControl.OfProcess.Stop(_session));
        }
    }
}
