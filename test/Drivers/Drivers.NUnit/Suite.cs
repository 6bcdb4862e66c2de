using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using NUnit.Framework.Legacy;

namespace Drivers.NUnit;

/// <summary>A suite with tests of every kind and outcome.</summary>
[TestFixture(1)]
[TestFixture(2)]
[Category("some")]
public sealed class Suite
{
    private readonly int _number;
    private readonly List<string> _calls = new();

    public Suite(int number) => _number = number;

    public static IEnumerable<TestCaseData> Sums =>
        from left in Enumerable.Range(0, 8) from right in Enumerable.Range(0, 8) select new TestCaseData(left, right).Returns(left + right).SetCategory("sum");

    [OneTimeSetUp]
    public void Begin() => _calls.Add("begin");

    [SetUp]
    public void Before() => _calls.Add("before");

    [TearDown]
    public void After() => TestContext.Out.WriteLine($"{TestContext.CurrentContext.Test.Name} {TestContext.CurrentContext.Result.Outcome} {_calls.Count}");

    [TestCaseSource(nameof(Sums))]
    public int Adding(int left, int right) => left + right;

    [Test]
    public void Combined([Values(1, 2, 3)] int a, [Range(0, 6, 2)] int b, [Values] bool c) => Assert.That(a + b, c ? Is.GreaterThan(0) : Is.Not.Negative);

    [Test, Pairwise]
    public void Pairs([Values(1, 2, 3)] int a, [Values("x", "y", "z")] string b, [Values(1.0, 2.0)] double c) => Assert.That($"{a}{b}{c}", Has.Length.EqualTo(3));

    [Test, Sequential]
    public void InTurn([Values(1, 2)] int a, [Values("x", "y")] string b) => Assert.Pass($"{a}{b}");

    [Test]
    public void Random([Random(0, 100, 4, Distinct = true)] int a) => Assert.That(a, Is.InRange(0, 99));

    [Test]
    public void Fails() => Assert.That(new[] { 1, 2, 3 }, Is.EqualTo(new[] { 1, 5, 3 }).Or.Empty);

    [Test]
    public void FailsOnText() => Assert.That("a long text that differs somewhere in the middle of it", Is.EqualTo("a long text that differs somehow in the middle of it").IgnoreCase);

    [Test]
    public void FailsManyTimes() => Assert.Multiple(() =>
    {
        Assert.That(1, Is.EqualTo(2));
        Assert.That(_calls, Has.Exactly(9).Items);
        Assert.That(new Dictionary<string, int> { ["a"] = 1 }, Contains.Key("b"));
        Assert.That(() => throw new InvalidOperationException("wrong"), Throws.ArgumentException);
        Assert.That(3.0, Is.EqualTo(3.5).Within(10).Percent);
    });

    [Test]
    public async Task Awaits()
    {
        await Task.Yield();
        await Assert.ThatAsync(async () => { await Task.Yield(); return 4; }, Is.EqualTo(4));
        Assert.ThrowsAsync<InvalidOperationException>(async () => { await Task.Yield(); throw new InvalidOperationException(); });
    }

    [Test]
    public void Raises() => throw new NotSupportedException("thrown by the test");

    [Test]
    public void Skipped() => Assert.Ignore("ignored " + _number);

    [Test]
    public void Unclear() => Assume.That(_number, Is.EqualTo(3));

    [Test]
    public void Warns() => Assert.Warn("a warning");

    [Test, Retry(3)]
    public void AtTheThird() => Assert.That(++_retries % 3, Is.Zero);

    [Test, Repeat(4)]
    public void Repeated() => Assert.That(_calls, Is.Not.Empty);

    [Test, Order(1), Description("constraints of every kind"), Property("Key", "value")]
    public void Constraints()
    {
        Assert.That(new[] { 3, 1, 2 }, Is.EquivalentTo(new[] { 1, 2, 3 }).And.Not.Ordered);
        Assert.That(new[] { 1, 2, 3 }, Is.Ordered.And.All.Positive.And.Some.GreaterThan(2).And.None.Negative.And.Unique.And.SupersetOf(new[] { 2 }));
        Assert.That("abc", Does.StartWith("a").And.EndsWith("c").And.Contain("b").And.Match("^a.c$"));
        Assert.That(new InvalidOperationException("x", new IOException("y")), Has.InnerException.Message.EqualTo("y"));
        Assert.That(typeof(ArrayList), Is.AssignableTo<IList>());
        Assert.That(DateTime.MinValue, Is.EqualTo(DateTime.MinValue.AddMilliseconds(1)).Within(2).Milliseconds);
        Assert.That((1, "a"), Is.EqualTo((1, "a")));
        Assert.That(new { A = 1 }, Has.Property("A").EqualTo(1));
        Assert.That("/a/b/../c", Is.SamePath("/a/c").And.SubPathOf("/a"));
        Assert.That(new[] { "a", "B" }, Is.EqualTo(new[] { "A", "b" }).IgnoreCase);
        Assert.That(double.NaN, Is.NaN);
        Assert.That((string?)null, Is.Null);
        CollectionAssert.AreEqual(new[] { 1 }, new[] { 1 });
        StringAssert.Contains("b", "abc");
        Assert.That(() => Array.Empty<int>()[0], Throws.TypeOf<IndexOutOfRangeException>().With.Message.Not.Empty);
    }

    [Test, Explicit("not by itself")]
    public void OnlyWhenAsked() => Assert.Fail();

    [Theory]
    public void Holds(bool flag, DayOfWeek day)
    {
        Assume.That(flag);
        Assert.That(Enum.IsDefined(day));
    }

    private int _retries;
}

/// <summary>A generic fixture, inherited tests, and a fixture that cannot be made.</summary>
[TestFixture(typeof(int), 5)]
[TestFixture(typeof(string), "text")]
public class GenericSuite<T>
{
    private readonly T _value;

    public GenericSuite(T value) => _value = value;

    [Test]
    public void IsItself() => Assert.That(_value, Is.EqualTo(_value).And.InstanceOf<T>());

    [TestCase(1, ExpectedResult = 2)]
    [TestCase(5, ExpectedResult = 5)]
    [TestCase("3", ExpectedResult = 4)]
    public int Counting(int number) => number + 1;
}

/// <summary>Its constructor throws.</summary>
public sealed class BrokenSuite
{
    public BrokenSuite() => throw new InvalidOperationException("cannot be made");

    [Test]
    public void Never() => Assert.Fail();
}
