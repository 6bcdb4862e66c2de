using Drivers;
using Drivers.CodeAnalysis;

return Workload.Run(args, output =>
{
    foreach (string source in Sources.All)
        Compiling.Run(source, output);
    Rewriting.Run(output);
});
