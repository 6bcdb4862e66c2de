using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ObjWatch.Diagnostics;
using static TorchSharp.torch;

namespace ObjWatch.TorchSharp;

/// <summary>Shows at each event how much memory is in use, instead of the values: <c>native: 104857600 | tensors: 42 | gc_heap:
/// 2097152</c>.</summary>
/// <remarks>
/// The counterpart of the Python original's <c>TorchMemoryWrapper</c>, as far as TorchSharp goes: it has nothing of what PyTorch's
/// allocator for CUDA counts (<c>torch.cuda.memory_stats</c>), so a GPU's figures are the driver's (NVML), for all programs that use it. A
/// metric that this system does not have is left out, and that is said once on standard error. Native memory takes some 5 microseconds at
/// each event, and milliseconds where the program has left many thousand small free blocks behind, because the C library walks over all of
/// them; the other figures of the process take less than one, except the working set.
/// </remarks>
public class TorchMemoryWrapper : FunctionWrapper
{
    private static readonly TorchMemoryMetric[] _usual =
    [
        TorchMemoryMetric.Native, TorchMemoryMetric.Tensors, TorchMemoryMetric.GCHeap, TorchMemoryMetric.DeviceUsed,
    ];

    private readonly TorchMemoryMetric[] _metrics;
    private readonly bool _readsNative;
    private readonly Nvml? _device;

    /// <summary>Shows native memory, the number of tensors, the managed heap, and what is used of CUDA's device 0.</summary>
    public TorchMemoryWrapper()
        : this(_usual)
    {
    }

    /// <summary>Shows some metrics, in their order. This is what the option <c>Wrapper</c> calls with the text behind a colon.</summary>
    /// <param name="metrics">Their names as the trace shows them, separated by commas: <c>native,tensors,device_used</c>.</param>
    /// <exception cref="ArgumentException">One of them does not exist.</exception>
    public TorchMemoryWrapper(string metrics)
        : this(Parse(metrics))
    {
    }

    /// <summary>Shows some metrics, in their order.</summary>
    /// <param name="metrics">Which; none are the usual ones. Those of a device are of CUDA's device 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them does not exist.</exception>
    public TorchMemoryWrapper(params TorchMemoryMetric[] metrics)
        : this(0, metrics)
    {
    }

    /// <summary>Shows some metrics, in their order.</summary>
    /// <param name="device">The GPU whose memory to show, as CUDA numbers them, from 0 on.</param>
    /// <param name="metrics">Which; none are the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The device's number is negative, or a metric does not exist.</exception>
    public TorchMemoryWrapper(int device, IReadOnlyCollection<TorchMemoryMetric> metrics)
        : this(device, metrics, Nvml.FileName)
    {
    }

    internal TorchMemoryWrapper(int device, IReadOnlyCollection<TorchMemoryMetric> metrics, string nvmlFile)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentOutOfRangeException.ThrowIfNegative(device);
        if (metrics.Any(metric => !Enum.IsDefined(metric)))
            throw new ArgumentOutOfRangeException(nameof(metrics));
        TorchMemoryMetric[] wanted = metrics.Count == 0 ? _usual : [.. metrics];

        _readsNative = wanted.Any(IsNative) && NativeMemory.IsKnown;
        if (wanted.Any(IsNative) && !_readsNative)
            StandardError.SayOnce("warning OBJW1149: the C library of this system has no mallinfo2, so native memory is not shown");
        _device = wanted.Any(IsOfDevice) ? Open(device, nvmlFile) : null;
        _metrics = [.. wanted.Where(metric => (_readsNative || !IsNative(metric)) && (_device != null || !IsOfDevice(metric)))];
    }

    /// <inheritdoc/>
    public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) => Memory();

    /// <inheritdoc/>
    public override string? WrapReturn(string method, object? result) => Memory();

    /// <summary>Nothing for the old value, the memory for the new one.</summary>
    public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) => ("", Memory());

    private static TorchMemoryMetric[] Parse(string metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        TorchMemoryMetric[] all = Enum.GetValues<TorchMemoryMetric>();
        return Array.ConvertAll(metrics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Find);

        TorchMemoryMetric Find(string name)
        {
            int index = Array.FindIndex(all, metric => NameOf(metric).Equals(name, StringComparison.OrdinalIgnoreCase));
            return index >= 0
                ? all[index]
                : throw new ArgumentException($"There is no metric '{name}'; there are {string.Join(", ", all.Select(NameOf))}.",
                    nameof(metrics));
        }
    }

    private static string NameOf(TorchMemoryMetric metric) => metric switch
    {
        TorchMemoryMetric.Native => "native",
        TorchMemoryMetric.NativeReserved => "native_reserved",
        TorchMemoryMetric.Tensors => "tensors",
        TorchMemoryMetric.TensorsPeak => "tensors_peak",
        TorchMemoryMetric.GCHeap => "gc_heap",
        TorchMemoryMetric.WorkingSet => "working_set",
        TorchMemoryMetric.DeviceUsed => "device_used",
        TorchMemoryMetric.DeviceFree => "device_free",
        _ => "device_total",
    };

    private static bool IsNative(TorchMemoryMetric metric) => metric is TorchMemoryMetric.Native or TorchMemoryMetric.NativeReserved;

    private static bool IsOfDevice(TorchMemoryMetric metric) =>
        metric is >= TorchMemoryMetric.DeviceUsed and <= TorchMemoryMetric.DeviceTotal;

    private static Nvml? Open(int device, string nvmlFile)
    {
        string? name = VisibleDevices.Find(device, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"));
        string? reason = "CUDA_VISIBLE_DEVICES hides it";
        if (name != null && Nvml.TryOpen(nvmlFile, name, out Nvml? nvml, out reason))
            return nvml;
        StandardError.SayOnce($"warning OBJW1148: the memory of GPU {device} is not shown: {reason}");
        return null;
    }

    private string Memory()
    {
        (long used, long reserved) = _readsNative ? NativeMemory.Read() : default;
        DeviceMemory device = _device?.Read() ?? default;
        var text = new StringBuilder();
        foreach (TorchMemoryMetric metric in _metrics)
        {
            long value = metric switch
            {
                TorchMemoryMetric.Native => used,
                TorchMemoryMetric.NativeReserved => reserved,
                TorchMemoryMetric.Tensors => Tensor.TotalCount,
                TorchMemoryMetric.TensorsPeak => Tensor.PeakCount,
                TorchMemoryMetric.GCHeap => GC.GetTotalMemory(forceFullCollection: false),
                TorchMemoryMetric.WorkingSet => Environment.WorkingSet,
                TorchMemoryMetric.DeviceUsed => device.Used,
                TorchMemoryMetric.DeviceFree => device.Free,
                _ => device.Total,
            };
            text.Append(text.Length == 0 ? "" : " | ").Append(CultureInfo.InvariantCulture, $"{NameOf(metric)}: {value}");
        }

        return text.ToString();
    }
}
