namespace ObjWatch.TorchSharp;

/// <summary>The memory of a GPU, in bytes.</summary>
/// <param name="Total">All of it.</param>
/// <param name="Free">What nobody uses.</param>
/// <param name="Used">What programs and the driver use.</param>
internal readonly record struct DeviceMemory(long Total, long Free, long Used);
