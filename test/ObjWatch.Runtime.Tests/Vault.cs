using System;
using System.Threading;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>A class that has something to hide, woven by hand.</summary>
internal sealed class Vault
{
    private string? _password;
    private int _code = 1234;

    /// <summary>Its getter is redacted by attribute.</summary>
    public int Code
    {
        get
        {
            ThreadRecorder? recorder;
            if (!WovenSites.IsOpen(WovenSites.GetCode) || (recorder = Probe.Enter(WovenSites.GetCode)) == null)
                return _code;
            Probe.ArgumentReference(recorder, this);
            int frame = Probe.Entered(recorder);
            Probe.EndValue(recorder, frame, _code);
            return _code;
        }
    }

    /// <summary>Takes a password (redacted by its name), a pin (by attribute), a token that is none, and a number that anybody may
    /// see.</summary>
    public int Unlock(string password, int pin, int n, Action? more = null)
    {
        ThreadRecorder? recorder;
        if (!WovenSites.IsOpen(WovenSites.Unlock) || (recorder = Probe.Enter(WovenSites.Unlock)) == null)
        {
            _password = password;
            _code = pin;
            more?.Invoke();
            return n;
        }

        Probe.ArgumentReference(recorder, this);
        Probe.ArgumentReference(recorder, password);
        Probe.Argument(recorder, pin);
        Probe.Argument(recorder, default(CancellationToken));
        Probe.Argument(recorder, n);
        int frame = Probe.Entered(recorder);
        try
        {
            recorder.Line = 52;
            Probe.UpdateReference(recorder, WovenSites.Password, this, _password, password);
            _password = password;
            recorder.Line = 53;
            Probe.Update(recorder, WovenSites.Code, this, _code, pin);
            _code = pin;
            recorder.Line = 54;
            Probe.Update(recorder, WovenSites.Amount, null, 0, n);
            more?.Invoke();
            Probe.EndValue(recorder, frame, n);
            return n;
        }
        catch (Exception exception)
        {
            Probe.EndException(recorder, frame, exception);
            throw;
        }
    }
}
