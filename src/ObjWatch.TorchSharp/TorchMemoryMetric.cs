namespace ObjWatch.TorchSharp;

/// <summary>What <see cref="TorchMemoryWrapper"/> can show. All but the two counts of tensors are bytes.</summary>
public enum TorchMemoryMetric
{
    /// <summary>
    /// <c>native</c>: what the C library has handed out in this process and not got back, which tensors on the CPU are the most of
    /// (<c>mallinfo2</c>: uordblks + hblkhd). Linux with glibc 2.33 or later only.
    /// </summary>
    Native,

    /// <summary><c>native_reserved</c>: what the C library holds for that (<c>mallinfo2</c>: arena + hblkhd). Linux with glibc 2.33 or
    /// later only.</summary>
    NativeReserved,

    /// <summary><c>tensors</c>: how many <c>Tensor</c> objects hold a native tensor (<c>Tensor.TotalCount</c>); several may share
    /// one.</summary>
    Tensors,

    /// <summary><c>tensors_peak</c>: the most of them at a time (<c>Tensor.PeakCount</c>).</summary>
    TensorsPeak,

    /// <summary><c>gc_heap</c>: the objects on the managed heap, as <c>GC.GetTotalMemory</c> counts them.</summary>
    GCHeap,

    /// <summary><c>working_set</c>: what the process holds in memory.</summary>
    WorkingSet,

    /// <summary><c>device_used</c>: what all programs together use of the GPU (NVML).</summary>
    DeviceUsed,

    /// <summary><c>device_free</c>: what is free on the GPU (NVML).</summary>
    DeviceFree,

    /// <summary><c>device_total</c>: the memory of the GPU (NVML).</summary>
    DeviceTotal,
}
