using System;
using TorchSharp;
using static TorchSharp.torch;

namespace DistributedTraining;

/// <summary>
/// Pictures of digits, drawn as they are asked for: a five by seven dot font slightly out of place, of random strength, on noise. The same
/// number makes the same pictures in every process, so there is nothing to download and nothing to share.
/// </summary>
internal static class DigitImages
{
    /// <summary>Width and height of a picture in pixels.</summary>
    public const int Edge = 12;

    /// <summary>How many digits there are.</summary>
    public const int Classes = 10;

    private const int GlyphWidth = 5;
    private const int GlyphHeight = 7;

    // One number a row, the leftmost dot its highest bit.
    private static readonly byte[][] _glyphs =
    [
        [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
        [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
        [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111],
        [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
        [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
        [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
        [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
        [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
        [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
        [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
    ];

    /// <summary>Draws pictures and says which digits they show.</summary>
    /// <param name="number">Which pictures; the same number gives the same ones.</param>
    /// <param name="count">How many.</param>
    /// <param name="classes">Only digits below this are drawn, 1 to 10.</param>
    /// <returns>Pictures as [count, 1, edge, edge] and digits as [count].</returns>
    public static (Tensor Images, Tensor Labels) Draw(int number, int count, int classes)
    {
        var random = new Random(number);
        float[] pixels = new float[count * Edge * Edge];
        long[] labels = new long[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(classes);
            Draw(_glyphs[labels[i]], random, pixels.AsSpan(i * Edge * Edge, Edge * Edge));
        }

        return (tensor(pixels, [count, 1, Edge, Edge]), tensor(labels));
    }

    private static void Draw(byte[] glyph, Random random, Span<float> pixels)
    {
        foreach (ref float pixel in pixels)
            pixel = 0.4f * random.NextSingle();

        int left = (Edge - GlyphWidth) / 2 + random.Next(2);
        int top = (Edge - GlyphHeight) / 2 + random.Next(2);
        float strength = 0.5f + 0.5f * random.NextSingle();
        for (int y = 0; y < GlyphHeight; y++)
        {
            for (int x = 0; x < GlyphWidth; x++)
            {
                if ((glyph[y] >> (GlyphWidth - 1 - x) & 1) != 0)
                    pixels[(top + y) * Edge + left + x] += strength;
            }
        }
    }
}
