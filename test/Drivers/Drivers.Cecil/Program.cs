using System;
using System.IO;
using System.Reflection;
using Drivers;
using Drivers.Cecil;
using Mono.Cecil;

string own = Assembly.GetExecutingAssembly().Location;
string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
return Workload.Run(args, output =>
{
    using var reading = new Reading(framework);
    reading.Run(own, ReadingMode.Deferred, symbols: true, output);
    reading.Run(Path.Combine(framework, "System.Threading.Thread.dll"), ReadingMode.Immediate, symbols: false, output);
    new Rewriting(framework).Run(own, output);
    Building.Run(output);
    Failing.Run(own, output);
});
