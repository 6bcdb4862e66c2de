using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ObjWatch.TorchSharp.Tests;

/// <summary>How TensorShapeWrapper shows values.</summary>
internal sealed class TensorShapeWrapperTests
{
    private readonly TensorShapeWrapper _wrapper = new();
    private DisposeScope _scope = null!;

    [SetUp]
    public void Open() => _scope = NewDisposeScope();

    [TearDown]
    public void Close() => _scope.Dispose();

    [Test]
    public void Tensor_shows_shape_type_and_device() =>
        Assert.That(_wrapper.Show(zeros(64, 3, 224, 224)), Is.EqualTo("Tensor[64, 3, 224, 224] float32 cpu"));

    [Test]
    public void Scalar_has_no_dimensions() => Assert.That(_wrapper.Show(tensor(2.5)), Is.EqualTo("Tensor[] float64 cpu"));

    [Test]
    public void Empty_dimension_is_shown() => Assert.That(_wrapper.Show(zeros(0, 5)), Is.EqualTo("Tensor[0, 5] float32 cpu"));

    [Test]
    public void Parameter_is_a_tensor() =>
        Assert.That(_wrapper.Show(new Parameter(ones(10, 48))), Is.EqualTo("Tensor[10, 48] float32 cpu"));

    [Test]
    public void Device_without_data_is_shown() =>
        Assert.That(_wrapper.Show(zeros([2, 3], device: new Device(DeviceType.META))), Is.EqualTo("Tensor[2, 3] float32 meta"));

    [TestCase(ScalarType.Byte, "uint8")]
    [TestCase(ScalarType.Int8, "int8")]
    [TestCase(ScalarType.Int16, "int16")]
    [TestCase(ScalarType.Int32, "int32")]
    [TestCase(ScalarType.Int64, "int64")]
    [TestCase(ScalarType.Float16, "float16")]
    [TestCase(ScalarType.BFloat16, "bfloat16")]
    [TestCase(ScalarType.Float32, "float32")]
    [TestCase(ScalarType.Float64, "float64")]
    [TestCase(ScalarType.ComplexFloat32, "complex64")]
    [TestCase(ScalarType.ComplexFloat64, "complex128")]
    [TestCase(ScalarType.Bool, "bool")]
    public void Element_types_have_the_names_of_PyTorch(ScalarType type, string name) =>
        Assert.That(_wrapper.Show(zeros([2], dtype: type)), Is.EqualTo($"Tensor[2] {name} cpu"));

    [Test]
    public void Strided_and_sparse_tensors_show_their_shape()
    {
        Tensor transposed = zeros(2, 3).t();
        Tensor sparse = zeros(4, 5).to_sparse();

        Assert.That(_wrapper.Show(transposed), Is.EqualTo("Tensor[3, 2] float32 cpu"));
        Assert.That(_wrapper.Show(sparse), Is.EqualTo("Tensor[4, 5] float32 cpu"));
    }

    [Test]
    public void Disposed_tensor_says_so_alone_and_in_others()
    {
        Tensor disposed = zeros(2);
        disposed.Dispose();

        Assert.That(_wrapper.Show(disposed), Is.EqualTo("(disposed)"));
        Assert.That(_wrapper.Show((disposed, ones(3))), Is.EqualTo("((disposed), Tensor[3] float32 cpu)"));
    }

    [Test]
    public void Tensors_in_sequences_are_shown()
    {
        Assert.That(_wrapper.Show(new List<Tensor> { zeros(2), zeros(3) }),
            Is.EqualTo("(List<torch.Tensor>)[Tensor[2] float32 cpu, Tensor[3] float32 cpu]"));
        Assert.That(_wrapper.Show(new Tensor?[] { zeros(2), null }), Is.EqualTo("(torch.Tensor[])[Tensor[2] float32 cpu, null]"));
        Assert.That(
            _wrapper.Show(new Queue<Tensor>(Enumerable.Range(1, 10).Select(size => zeros(size)))),
            Is.EqualTo(
                "(Queue<torch.Tensor>)[Tensor[1] float32 cpu, Tensor[2] float32 cpu, Tensor[3] float32 cpu, '... (7 more elements)']"));
    }

    [Test]
    public void Tensors_in_dictionaries_are_shown() =>
        Assert.That(
            _wrapper.Show(new Dictionary<string, Tensor> { ["weight"] = zeros(4, 2), ["bias"] = zeros(4) }),
            Is.EqualTo("(Dictionary<string, torch.Tensor>)[\"weight\": Tensor[4, 2] float32 cpu, \"bias\": Tensor[4] float32 cpu]"));

    [Test]
    public void Tensors_in_tuples_are_shown()
    {
        Assert.That(_wrapper.Show((zeros(2), 7, ones(3))), Is.EqualTo("(Tensor[2] float32 cpu, 7, Tensor[3] float32 cpu)"));
        Assert.That(_wrapper.Show(Tuple.Create(zeros(2), "x")), Is.EqualTo("(Tensor[2] float32 cpu, \"x\")"));
    }

    [Test]
    public void Tensors_in_tuples_in_sequences_are_shown() =>
        Assert.That(
            _wrapper.Show(new List<(string, Tensor)> { ("weight", zeros(2)) }),
            Is.EqualTo("(List<(string, torch.Tensor)>)[(\"weight\", Tensor[2] float32 cpu)]"));

    [Test]
    public void Arguments_keep_their_names_and_what_is_no_tensor_its_look() =>
        Assert.That(
            _wrapper.ShowArguments(("input", zeros(1, 2)), ("rate", 0.5), ("name", "a\"b"), ("sizes", new[] { 1, 2 })),
            Is.EqualTo("'input':Tensor[1, 2] float32 cpu, 'rate':0.5, 'name':\"a\\\"b\", 'sizes':(int[])[1, 2]"));

    [Test]
    public void Store_shows_the_old_and_the_new_tensor() =>
        Assert.That(_wrapper.WrapUpdate(zeros(5, 48), zeros(10, 48)),
            Is.EqualTo(("Tensor[5, 48] float32 cpu", "Tensor[10, 48] float32 cpu")));

    [Test]
    public void Module_shows_its_type_and_the_name_it_was_given()
    {
        using var plain = nn.Linear(2, 3);
        using var named = new Encoder("encoder.3");

        Assert.That(_wrapper.Show(plain), Does.Match(@"^Linear#\d+$"));
        Assert.That(_wrapper.Show(named), Does.Match("""^TensorShapeWrapperTests\.Encoder#\d+ "encoder\.3"$"""));
    }

    [Test]
    public void Module_of_which_the_name_is_overridden_is_not_asked_for_it()
    {
        using var module = new Encoder("encoder") { Asked = 0 };

        _wrapper.Show(module);

        Assert.That(module.Asked, Is.Zero);
    }

    [Test]
    public void What_was_shown_is_not_kept_alive()
    {
        WeakReference shown = ShowAndForget();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(shown.IsAlive, Is.False);
    }

    [Test]
    public void Showing_makes_no_tensors()
    {
        Tensor shown = zeros(2, 3);
        long before = Tensor.TotalCount;

        _wrapper.Show(new List<Tensor> { shown });

        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference ShowAndForget()
    {
        Tensor forgotten = zeros(2).DetachFromDisposeScope();
        _wrapper.ShowArguments(("input", forgotten), ("inputs", new[] { forgotten }));
        _wrapper.WrapUpdate(null, forgotten);
        return new WeakReference(forgotten);
    }

    private sealed class Encoder : nn.Module<Tensor, Tensor>
    {
        public Encoder(string name)
            : base(name)
        {
        }

        public int Asked { get; set; }

        public override string GetName()
        {
            Asked++;
            return base.GetName();
        }

        public override Tensor forward(Tensor input) => input;
    }
}
