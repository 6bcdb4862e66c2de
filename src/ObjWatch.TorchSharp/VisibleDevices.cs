using System;
using System.Globalization;

namespace ObjWatch.TorchSharp;

/// <summary>Which GPU of the machine CUDA's number stands for: CUDA counts those that <c>CUDA_VISIBLE_DEVICES</c> lists, in its
/// order.</summary>
internal static class VisibleDevices
{
    /// <summary>Looks a device up.</summary>
    /// <param name="device">CUDA's number, from 0 on.</param>
    /// <param name="list">The value of <c>CUDA_VISIBLE_DEVICES</c>; <see langword="null"/> where it is not set.</param>
    /// <returns>A number of the machine, or a UUID (<c>GPU-…</c>, <c>MIG-…</c>); <see langword="null"/> when CUDA does not see the
    /// device.</returns>
    public static string? Find(int device, string? list)
    {
        if (list == null)
            return device.ToString(CultureInfo.InvariantCulture);
        string[] entries = list.Split(',', StringSplitOptions.TrimEntries);

        // The CUDA runtime stops at the first entry that is not a device.
        for (int i = 0; i <= device; i++)
        {
            if (i >= entries.Length || entries[i].Length == 0 || entries[i][0] == '-')
                return null;
        }

        return entries[device];
    }
}
