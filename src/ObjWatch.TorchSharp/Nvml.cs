using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ObjWatch.TorchSharp;

/// <summary>
/// The part of NVIDIA's management library, which comes with the driver, that tells a GPU's memory. It says what the device's memory is
/// used for by everyone, not what PyTorch's allocator has given to tensors.
/// </summary>
internal sealed unsafe class Nvml
{
    private const int Success = 0;

    private readonly nint _device;
    private readonly delegate* unmanaged<nint, MemoryInfo*, int> _getMemoryInfo;
    private readonly delegate* unmanaged<int, nint> _errorString;

    private Nvml(nint library, string device)
    {
        _errorString = (delegate* unmanaged<int, nint>)NativeLibrary.GetExport(library, "nvmlErrorString");
        _getMemoryInfo = (delegate* unmanaged<nint, MemoryInfo*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetMemoryInfo");
        Check(((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "nvmlInit_v2"))(), "nvmlInit");
        nint handle;
        if (uint.TryParse(device, NumberStyles.None, CultureInfo.InvariantCulture, out uint index))
        {
            var find = (delegate* unmanaged<uint, nint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetHandleByIndex_v2");
            Check(find(index, &handle), "nvmlDeviceGetHandleByIndex");
        }
        else
        {
            var find = (delegate* unmanaged<byte*, nint*, int>)NativeLibrary.GetExport(library, "nvmlDeviceGetHandleByUUID");
            fixed (byte* name = Encoding.UTF8.GetBytes(device + "\0"))
                Check(find(name, &handle), "nvmlDeviceGetHandleByUUID");
        }

        _device = handle;
        _ = Read();
    }

    /// <summary>The library's file name on this system.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1";

    /// <summary>Opens the library for one device.</summary>
    /// <param name="fileName">The library's file name or path.</param>
    /// <param name="device">The number of a GPU of the machine, or a UUID.</param>
    /// <param name="nvml">The open library.</param>
    /// <param name="reason">Why there is none, for a person to read.</param>
    public static bool TryOpen(string fileName, string device, [NotNullWhen(true)] out Nvml? nvml, [NotNullWhen(false)] out string? reason)
    {
        nvml = null;
        reason = null;
        if (!NativeLibrary.TryLoad(fileName, out nint library))
        {
            reason = $"the driver's library {fileName} is not there";
            return false;
        }

        try
        {
            nvml = new Nvml(library, device);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or EntryPointNotFoundException)
        {
            reason = failure.Message;
            return false;
        }
    }

    /// <summary>The device's memory now.</summary>
    /// <exception cref="InvalidOperationException">The device cannot be asked any more.</exception>
    public DeviceMemory Read()
    {
        MemoryInfo info;
        Check(_getMemoryInfo(_device, &info), "nvmlDeviceGetMemoryInfo");
        return new DeviceMemory((long)info.Total, (long)info.Free, (long)info.Used);
    }

    private void Check(int status, string function)
    {
        if (status != Success)
            throw new InvalidOperationException($"{function}: {Marshal.PtrToStringUTF8(_errorString(status))}");
    }

    /// <summary>The library's <c>nvmlMemory_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MemoryInfo
    {
        public readonly ulong Total;
        public readonly ulong Free;
        public readonly ulong Used;
    }
}
