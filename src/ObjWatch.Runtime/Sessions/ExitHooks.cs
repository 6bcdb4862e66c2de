using System;
#if NET
using System.Collections.Generic;
using System.Runtime.InteropServices;
#endif
using ObjWatch.Recording;
using ObjWatch.Recording.Events;
using ObjWatch.Woven;

namespace ObjWatch.Sessions;

/// <summary>Ends the session that runs when the process ends: in order, by an exception that nobody catches, or by a signal.</summary>
internal sealed class ExitHooks
{
    private readonly Action _stop;
    private bool _hooked;
#if NET
    // Registrations end when they are collected.
    private readonly List<PosixSignalRegistration> _signals = [];
#endif

    /// <param name="stop">Ends the session that runs.</param>
    public ExitHooks(Action stop) => _stop = stop;

    /// <summary>Takes hold, the first time. Callers hold a lock.</summary>
    public void Hook()
    {
        if (_hooked)
            return;
        _hooked = true;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _stop();
        AppDomain.CurrentDomain.UnhandledException += (_, crash) => StopAfter(crash.ExceptionObject);
#if NET
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT])
        {
            if (!IgnoredSignals.Contains(signal))
                _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
#endif
    }

    /// <summary>No handler runs after an exception that nobody catches: what it has left is written here.</summary>
    private void StopAfter(object exception)
    {
        if (ThreadRecorder.Current is { Busy: false } recorder)
            CallRecords.CloseAbove(recorder, -1, exception);
        _stop();
    }

#if NET
    private void OnSignal(PosixSignalContext context)
    {
        // Handlers run last registered first, so a program that goes on after the signal has said so by now.
        if (!context.Cancel)
            _stop();
    }
#endif
}
