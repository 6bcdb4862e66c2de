using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary>Tests that trace in their own process see nothing of the environment that they happen to run in.</summary>
[SetUpFixture]
public sealed class OwnEnvironment
{
    [OneTimeSetUp]
    public void Remove() => ForeignVariables.Remove();
}
