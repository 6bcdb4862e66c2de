using System.Collections.Generic;

namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>
/// The numbers that a program is made from. Where they have run out every choice is the first one, which is the simplest: fewer and smaller
/// numbers make a simpler program, so the library that draws them can shrink what fails.
/// </summary>
internal sealed class Choices
{
    private readonly IReadOnlyList<int> _numbers;
    private int _next;

    public Choices(IReadOnlyList<int> numbers) => _numbers = numbers;

    /// <summary>Whether any are left.</summary>
    public bool Any => _next < _numbers.Count;

    /// <summary>Chooses one of so many.</summary>
    public int Of(int count) => Any ? _numbers[_next++] % count : 0;

    /// <summary>Chooses one of the elements.</summary>
    public T Of<T>(IReadOnlyList<T> from) => from[Of(from.Count)];

    /// <summary>Yes once in so many times; never when the numbers have run out.</summary>
    public bool Once(int outOf) => Of(outOf) == outOf - 1 && outOf > 1;
}
