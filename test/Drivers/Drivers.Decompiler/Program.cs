using System.IO;
using System.Reflection;
using Drivers;
using Drivers.Decompiler;

string own = Assembly.GetExecutingAssembly().Location;
return Workload.Run(args, output => Decompiling.Run(own, output));
