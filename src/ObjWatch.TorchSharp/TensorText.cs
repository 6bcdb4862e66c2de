using System;
using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace ObjWatch.TorchSharp;

/// <summary>Writes tensors by what they are, not by what they hold: <c>Tensor[64, 3, 224, 224] float32 cuda:0</c>.</summary>
/// <remarks>
/// Reads nothing but the description of the tensor, one number at a time: asking for its shape as a whole would cost an array for each, and
/// anything more might wait for a device or start a computation. To be called only on the thread that works with the tensor, because
/// another that disposes it meanwhile would take the description away.
/// </remarks>
internal static class TensorText
{
    private const string Disposed = "(disposed)";

    /// <summary>The text of a tensor, <c>(disposed)</c> when it is no more.</summary>
    public static string Of(Tensor tensor)
    {
        if (tensor.IsInvalid)
            return Disposed;
        try
        {
            var text = new StringBuilder("Tensor[", 48);
            int dimensions = (int)tensor.ndim;
            for (int i = 0; i < dimensions; i++)
                text.Append(i == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{tensor.size(i)}");
            text.Append("] ").Append(NameOf(tensor.dtype)).Append(' ').Append(NameOf(tensor.device_type));
            int device = tensor.device_index;
            return device < 0 ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $":{device}").ToString();
        }
        catch (InvalidOperationException)
        {
            // What TorchSharp throws for a disposed tensor.
            return Disposed;
        }
        finally
        {
            // Its finalizer frees what has just been read.
            GC.KeepAlive(tensor);
        }
    }

    /// <summary>As PyTorch names it.</summary>
    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.Int8 => "int8",
        ScalarType.Int16 => "int16",
        ScalarType.Int32 => "int32",
        ScalarType.Int64 => "int64",
        ScalarType.Float16 => "float16",
        ScalarType.Float32 => "float32",
        ScalarType.Float64 => "float64",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        ScalarType.Bool => "bool",
        ScalarType.QInt8 => "qint8",
        ScalarType.QUInt8 => "quint8",
        ScalarType.QInt32 => "qint32",
        ScalarType.BFloat16 => "bfloat16",
        _ => ((int)type).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>As PyTorch names it.</summary>
    private static string NameOf(DeviceType type) => type switch
    {
        DeviceType.CPU => "cpu",
        DeviceType.CUDA => "cuda",
        DeviceType.MPS => "mps",
        DeviceType.META => "meta",
        _ => type.ToString().ToLowerInvariant(),
    };
}
