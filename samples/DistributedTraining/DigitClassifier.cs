using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DistributedTraining;

/// <summary>A small convolutional network that tells digits apart.</summary>
public sealed class DigitClassifier : Module<Tensor, Tensor>
{
    private const int Classes = 10;

    private readonly Conv2d _edges;
    private readonly Conv2d _shapes;
    private readonly Linear _decision;
    private Parameter _bias;

    /// <summary>Makes one whose weights do not depend on chance.</summary>
    public DigitClassifier()
        : base(nameof(DigitClassifier))
    {
        _edges = Conv2d(1, 8, 3, padding: 1);
        _shapes = Conv2d(8, 16, 3, padding: 1);
        _decision = Linear(16 * 2 * 2, Classes, hasBias: false);
        _bias = Parameter(zeros(1));
        RegisterComponents();
    }

    /// <summary>A score for each digit.</summary>
    public override Tensor forward(Tensor images)
    {
        Tensor edges = functional.max_pool2d(functional.relu(_edges.call(images)), 2);
        Tensor shapes = functional.max_pool2d(functional.relu(_shapes.call(edges)), 2);
        return _decision.call(shapes.flatten(1)) + _bias;
    }

    /// <summary>Goes over from one bias for all digits to one for each.</summary>
    public void RefineBias()
    {
        using Tensor refined = _bias.detach().expand(Classes).clone();
        _bias = Parameter(refined.clone());
        _internal_params[nameof(_bias)] = _bias;
    }
}
