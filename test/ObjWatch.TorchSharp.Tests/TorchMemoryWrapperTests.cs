using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using static TorchSharp.torch;

namespace ObjWatch.TorchSharp.Tests;

/// <summary>What TorchMemoryWrapper shows, with and without a GPU.</summary>
internal sealed class TorchMemoryWrapperTests
{
    // Answers as the driver of a machine with two devices does.
    private const string FakeDriver = """
        typedef struct { unsigned long long total, free, used; } memory;
        int nvmlInit_v2(void) { return 0; }
        const char *nvmlErrorString(int status) { return status == 6 ? "Not Found" : "Unknown"; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device) { *device = (void *)(long)(index + 1); return index < 2 ? 0 : 6; }
        int nvmlDeviceGetHandleByUUID(const char *uuid, void **device) { *device = (void *)9L; return uuid[0] == 'G' ? 0 : 6; }
        int nvmlDeviceGetMemoryInfo(void *device, memory *info)
        {
            info->total = 1000 * (long)device; info->free = 600 * (long)device; info->used = 400 * (long)device;
            return 0;
        }
        """;

    [Test]
    [Platform("Linux")]
    public void Native_memory_follows_the_tensors()
    {
        const long Bytes = 64L << 20;
        var wrapper = new TorchMemoryWrapper(TorchMemoryMetric.Native, TorchMemoryMetric.NativeReserved);
        Dictionary<string, long> before = Figures(wrapper);

        Tensor tensor = zeros(Bytes / sizeof(float));
        Dictionary<string, long> during = Figures(wrapper);
        tensor.Dispose();
        Dictionary<string, long> after = Figures(wrapper);

        Assert.That(during["native"] - before["native"], Is.InRange(Bytes, Bytes + (4 << 20)));
        Assert.That(during["native_reserved"], Is.GreaterThanOrEqualTo(during["native"]));
        Assert.That(during["native"] - after["native"], Is.InRange(Bytes - (4 << 20), Bytes + (4 << 20)));
    }

    [Test]
    public void Tensors_are_counted()
    {
        var wrapper = new TorchMemoryWrapper(TorchMemoryMetric.Tensors, TorchMemoryMetric.TensorsPeak);
        long before = Figures(wrapper)["tensors"];

        using Tensor first = zeros(1);
        using Tensor second = zeros(1);

        Assert.That(Figures(wrapper)["tensors"], Is.EqualTo(before + 2));
        Assert.That(Figures(wrapper)["tensors_peak"], Is.GreaterThanOrEqualTo(before + 2));
    }

    [Test]
    public void Metrics_stand_in_the_order_they_were_asked_for()
    {
        var wrapper = new TorchMemoryWrapper(TorchMemoryMetric.WorkingSet, TorchMemoryMetric.GCHeap);

        Assert.That(wrapper.Show(null), Does.Match(@"^working_set: \d+ \| gc_heap: \d+$"));
        Assert.That(wrapper.ShowArguments(("n", 1)), Does.Match(@"^working_set: \d+ \| gc_heap: \d+$"));
        Assert.That(wrapper.WrapUpdate(1, 2).Old, Is.Empty);
        Assert.That(wrapper.WrapUpdate(1, 2).New, Does.Match(@"^working_set: \d+ \| gc_heap: \d+$"));
    }

    [Test]
    public void Metrics_can_be_named() =>
        Assert.That(new TorchMemoryWrapper("tensors_peak, GC_heap").Show(null), Does.Match(@"^tensors_peak: \d+ \| gc_heap: \d+$"));

    [Test]
    public void Unknown_metrics_and_devices_are_refused()
    {
        Assert.That(() => new TorchMemoryWrapper((TorchMemoryMetric)99), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TorchMemoryWrapper(-1, []), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new TorchMemoryWrapper("tensors,nonsense"),
            Throws.ArgumentException.With.Message.StartsWith("There is no metric 'nonsense'; there are native, "));
    }

    [Test]
    public void Without_the_driver_the_device_is_left_out()
    {
        var wrapper = new TorchMemoryWrapper(0, [TorchMemoryMetric.DeviceUsed, TorchMemoryMetric.Tensors], "libno-such-driver.so");

        Assert.That(Figures(wrapper).Keys, Is.EqualTo(new[] { "tensors" }));
        Assert.That(Nvml.TryOpen("libno-such-driver.so", "0", out _, out string? reason), Is.False);
        Assert.That(reason, Is.EqualTo("the driver's library libno-such-driver.so is not there"));
    }

    [Test]
    public void Library_that_is_no_driver_is_told()
    {
        Assume.That(OperatingSystem.IsLinux());

        Assert.That(Nvml.TryOpen("libc.so.6", "0", out _, out string? reason), Is.False);
        Assert.That(reason, Does.Contain("nvmlErrorString"));
    }

    [Test]
    public void Device_is_asked_where_there_is_a_driver()
    {
        using var folder = new TemporaryDirectory();
        string driver = Compile(folder);
        var wrapper =
            new TorchMemoryWrapper(1, [TorchMemoryMetric.DeviceTotal, TorchMemoryMetric.DeviceFree, TorchMemoryMetric.DeviceUsed], driver);

        Assert.That(wrapper.Show(null), Is.EqualTo("device_total: 2000 | device_free: 1200 | device_used: 800"));
    }

    [Test]
    public void Device_is_found_by_number_or_UUID_and_else_told()
    {
        using var folder = new TemporaryDirectory();
        string driver = Compile(folder);

        Assert.That(Nvml.TryOpen(driver, "0", out Nvml? byNumber, out _), Is.True);
        Assert.That(byNumber!.Read(), Is.EqualTo(new DeviceMemory(1000, 600, 400)));
        Assert.That(Nvml.TryOpen(driver, "GPU-8f1c", out Nvml? byName, out _), Is.True);
        Assert.That(byName!.Read().Total, Is.EqualTo(9000));
        Assert.That(Nvml.TryOpen(driver, "7", out _, out string? reason), Is.False);
        Assert.That(reason, Is.EqualTo("nvmlDeviceGetHandleByIndex: Not Found"));
    }

    [TestCase(2, null, "2")]
    [TestCase(0, "3,1", "3")]
    [TestCase(1, "3, GPU-8f1c", "GPU-8f1c")]
    [TestCase(2, "3,1", null)]
    [TestCase(1, "3,-1,2", null)]
    [TestCase(2, "3,-1,2", null)]
    [TestCase(0, "", null)]
    public void CUDA_VISIBLE_DEVICES_maps_numbers(int device, string? list, string? found) =>
        Assert.That(VisibleDevices.Find(device, list), Is.EqualTo(found));

    private static Dictionary<string, long> Figures(TorchMemoryWrapper wrapper) =>
        wrapper.Show(null)!.Split(" | ").Select(figure => figure.Split(": "))
        .ToDictionary(pair => pair[0], pair => long.Parse(pair[1], CultureInfo.InvariantCulture));

    private static string Compile(TemporaryDirectory folder)
    {
        string? compiler = ProgramRunner.Find("gcc");
        Assume.That(compiler, Is.Not.Null, "There is no gcc to compile a driver with.");
        File.WriteAllText(folder["driver.c"], FakeDriver);
        ProcessResult result = ProgramRunner.RunProcess(compiler!, ["-shared", "-fPIC", "-o", folder["libdriver.so"], folder["driver.c"]]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return folder["libdriver.so"];
    }
}
