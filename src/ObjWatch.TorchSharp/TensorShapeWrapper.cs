using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ObjWatch.TorchSharp;

/// <summary>
/// Shows tensors by shape, element type and device, <c>Tensor[64, 3, 224, 224] float32 cuda:0</c>, also in lists, arrays, dictionaries and
/// tuples, and modules with the name they were given; a disposed tensor is <c>(disposed)</c>. Everything else looks as it does without a
/// wrapper.
/// </summary>
/// <remarks>
/// Never reads what a tensor holds, so it neither waits for a device nor starts a computation, and never keeps one alive. It reads
/// descriptions on the thread of the event; if another thread disposes a tensor at that moment, the program was in danger without it too.
/// The counterpart of the Python original's <c>TensorShapeWrapper</c>.
/// </remarks>
public class TensorShapeWrapper : BaseWrapper
{
    /// <inheritdoc/>
    protected override string FormatValue(object? value) => FormatElement(value) ?? base.FormatValue(value);

    /// <inheritdoc/>
    protected override string? FormatElement(object? element) => element switch
    {
        Tensor tensor => TensorText.Of(tensor),
        Module module when ModuleName.Of(module) is { } name => $"{base.FormatValue(module)} {base.FormatValue(name)}",
        // In other values collections show their elements no more.
        IEnumerable<Tensor> or IEnumerable<KeyValuePair<string, Tensor>> => base.FormatValue(element),
        ITuple tuple when IsOfTheFramework(tuple) =>
            '(' + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => FormatValue(tuple[i]))) + ')',
        _ => null,
    };

    /// <summary>Value tuples look like that anyway.</summary>
    private static bool IsOfTheFramework(ITuple tuple) =>
        tuple.GetType() is { IsValueType: false, IsGenericType: true } type && type.Assembly == typeof(object).Assembly;
}
