using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace ObjWatch.Cli.Following;

/// <summary>While it lives, Ctrl-C and a request to terminate end what is being done in order, and not the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    /// <summary>Signalled at the first of them.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Who asks twice does not want to wait for what is left.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
