using Drivers;
using Drivers.Serilog;

return Workload.Run(args, output =>
{
    Templates.Run(output);
    Pipelines.Run(output);
});
